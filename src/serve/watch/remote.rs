//! File systems whose changes on another machine the system does not tell.

use std::path::{Path, PathBuf};

/// Kinds of such file systems, as Linux names them: networks, and folders that virtual machines and containers share with
/// their host.
const KINDS: [&str; 16] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "virtiofs",
    "vboxsf",
    "prl_fs",
    "drvfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.grpcfuse",
    "fuse.vmhgfs-fuse",
];

/// The kind of file system that `path` is on, if changes there are not told.
pub(super) fn kind_of(path: &Path) -> Option<&'static str> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    kind_in(&table, &path.canonicalize().ok()?)
}

/// Looks for the innermost mount above `path`.
fn kind_in(table: &str, path: &Path) -> Option<&'static str> {
    let mounts = table.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        Some((unescaped(place.split(' ').nth(4)?), kind.split(' ').next()?))
    });
    let above = mounts.filter(|(place, _)| path.starts_with(place));
    // Of two mounts at one place the later one is seen.
    let (_, kind) = above.max_by_key(|(place, _)| place.components().count())?;
    KINDS.into_iter().find(|known| *known == kind)
}

fn unescaped(place: &str) -> PathBuf {
    place
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\134", "\\")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_decides() {
        let table = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
                     30 22 0:40 / /data/my\\040site rw - nfs4 server:/site rw\n\
                     31 30 0:41 / /data/my\\040site/public rw - tmpfs tmpfs rw\n\
                     32 22 0:42 / /shared rw master:2 - 9p host rw\n";
        let kind = |path: &str| kind_in(table, Path::new(path));
        assert_eq!(kind("/srv/site"), None);
        assert_eq!(kind("/data/my site/content"), Some("nfs4"));
        assert_eq!(kind("/data/my site/public/a"), None);
        assert_eq!(kind("/shared"), Some("9p"));
        assert_eq!(kind("/sharedfolder"), None);
    }
}
