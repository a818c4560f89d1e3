#!/usr/bin/env bash
# Compiles wsgen for one system and puts the program into a folder: release/build.sh TARGET FOLDER
#
# On Debian and Ubuntu it installs the C compiler that the target needs. Apple's targets need a Mac, `-msvc` Windows.
set -euo pipefail

target=${1:?name a target of release/targets.json}
folder=${2:?name a folder for the program}
cd "$(dirname "$0")/.."

install() {
    command -v "$1" >/dev/null && return
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

case $target in
    *-linux-musl)
        install musl-gcc musl-tools
        export CC_x86_64_unknown_linux_musl=musl-gcc CC_aarch64_unknown_linux_musl=musl-gcc
        ;;
    # Not released; it shows on Linux that the program works on Windows.
    *-windows-gnu) install x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64 ;;
    *-windows-msvc) export RUSTFLAGS="-C target-feature=+crt-static" ;;
    x86_64-apple-darwin) export MACOSX_DEPLOYMENT_TARGET=10.12 ;;
    aarch64-apple-darwin) export MACOSX_DEPLOYMENT_TARGET=11.0 ;;
esac

rustup target add "$target"
${CARGO:-cargo} build --release --locked --target "$target"

mkdir -p "$folder"
program=${CARGO_TARGET_DIR:-target}/$target/release/wsgen
case $target in *-windows-*) program=$program.exe ;; esac
cp "$program" "$folder/"
