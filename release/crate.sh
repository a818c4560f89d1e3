#!/usr/bin/env bash
# Packs the crates as they are published, with mermaid prepared, and compiles the program where there is neither Node nor a
# network. Leaves prepared/, which the published crate takes along, and target/package/NAME-VERSION.crate.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo=${CARGO:-cargo}
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")

# The build script makes the folder; cargo says where.
rm -rf prepared
out=$("$cargo" check --locked --message-format=json |
    grep '"reason":"build-script-executed"' | grep '[/#]wsgen[@#]' | sed 's/.*"out_dir":"\([^"]*\)".*/\1/')
mkdir -p prepared/npm
cp -R "$out/npm/stamp" "$out/npm/table.rs" "$out/npm/theme" "$out"/npm/*.deflate prepared/npm/

rm -rf "$target/package"
"$cargo" package --workspace --locked --offline --no-verify "$@"

unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
patches=()
for crate in "$target"/package/*.crate; do
    tar -xzf "$crate" -C "$unpacked"
    name=$(basename "$crate" .crate)
    # What is published together is not in the registry yet.
    case $name in wsgen-*) packed=$crate ;; *) patches+=(--config "patch.crates-io.${name%-*}.path='$unpacked/$name'") ;; esac
done
mkdir "$unpacked/bin"
for program in node npm git; do
    printf '#!/bin/sh\necho "%s is not to be asked" >&2\nexit 1\n' "$program" >"$unpacked/bin/$program"
    chmod +x "$unpacked/bin/$program"
done
# The other dependencies are those that the repository was compiled with.
(
    cd "$unpacked"/wsgen-*/
    PATH=$unpacked/bin:$PATH "$cargo" check --offline --target-dir "$target" "${patches[@]}"
)
printf '%s files, %s bytes: %s\n' "$(tar -tzf "$packed" | wc -l)" "$(wc -c <"$packed")" "$packed"
