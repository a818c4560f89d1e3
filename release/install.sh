#!/usr/bin/env bash
# Downloads wsgen from a release, verifies it, and puts it on the path of the later steps of a job. For action.yml.
#
#   VERSION          the release, as in 0.1.0
#   RELEASES         the address below which the files of the releases are, each in a folder vVERSION
#   RUNNER_TEMP      where to unpack
#   GITHUB_PATH      the file that takes folders of programs
set -euo pipefail

fail() {
    echo "::error title=setup-wsgen::$1"
    exit 1
}

# The names are those of release/targets.json.
case "$(uname -s)-$(uname -m)" in
    Linux-x86_64 | Linux-amd64) target=x86_64-unknown-linux-musl form=tar.xz ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl form=tar.xz ;;
    Darwin-x86_64) target=x86_64-apple-darwin form=tar.xz ;;
    Darwin-arm64) target=aarch64-apple-darwin form=tar.xz ;;
    MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) target=x86_64-pc-windows-msvc form=zip ;;
    *) fail "there is no program for $(uname -s) on $(uname -m); compile it with 'cargo install wsgen'" ;;
esac
[[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "'$VERSION' is no version; write one like 0.1.0"

archive="wsgen-$target.$form"
folder="$RUNNER_TEMP/wsgen-$VERSION"
mkdir -p "$folder"
cd "$folder"

download() {
    curl --fail --silent --show-error --location --retry 3 --output "$1" "$RELEASES/v$VERSION/$1" ||
        fail "$RELEASES/v$VERSION/$1 cannot be downloaded; is there a release $VERSION?"
}
download SHA256SUMS
download "$archive"

expected=$(awk -v name="$archive" '$2 == name { print $1 }' SHA256SUMS)
[[ -n $expected ]] || fail "SHA256SUMS of $VERSION does not name $archive"
if command -v sha256sum >/dev/null; then actual=$(sha256sum "$archive"); else actual=$(shasum -a 256 "$archive"); fi
[[ ${actual%% *} == "$expected" ]] || fail "$archive is not what SHA256SUMS of $VERSION says; nothing was installed"

# Windows has a tar that knows zip files; the one of Git's shell, which comes first there, does not.
if [[ $form == zip ]]; then "$SYSTEMROOT/System32/tar.exe" -xf "$archive"; else tar -xJf "$archive"; fi
rm "$archive" SHA256SUMS

program="$folder/wsgen-$target"
"$program/wsgen" --version
if [[ $form == zip ]]; then program=$(cygpath -w "$program"); fi
echo "$program" >>"$GITHUB_PATH"
