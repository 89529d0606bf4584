#!/usr/bin/env bash
# Every command that a contributor or CI runs; each verb does its own set-up first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly ADDRESS=127.0.0.1 PORT=8000
readonly TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/vitrine/tools"
readonly CARGO_DENY_VERSION=0.20.2
readonly TARGET="${CARGO_TARGET_DIR:-target}"
# Vite's bundled loader reads our settings, as it has to: theirs are TypeScript files that the page shares.
export VITE_CONFIG_NATIVE_IGNORE_WARNING=true

usage() {
  cat <<'USAGE'
./build.sh VERB

  serve          build the site from the committed models and serve it at http://127.0.0.1:8000
  test           run every test and check: Rust native and in Chromium, the page, style, licences
  build          build the site into www/dist, with the classifier as one file (vitrine.html, vitrine-small.html)
  package        build the npm package into www/dist-package
  dev            serve the site with live reload
  lighthouse     Lighthouse's scores and the slowest interactions of the built site into docs/lighthouse.json
  screenshots    pictures of the page's main states into docs/screenshots
  engines        what works in Chromium, Firefox and WebKitGTK, into docs/engines.json and README's table
  icons          the PNG icons of the installed page from www/public/icon.svg

  data [DIR]     find or download Fashion-MNIST into DIR (default: VITRINE_DATA, then data/)
  train NAME …   train mlp, cnn or cnn-slim and export it to models/ (options: ./build.sh train --help)
  index …        learn the KNN index
  eda            describe the training set in models/eda.json
  evaluate …     measure the committed models on the test set
  models         all of models/ from nothing, in order; resumes where it was stopped
  vitrine …      the command line itself (./build.sh vitrine --help)

  bench [--quick] measure speed and size beside onnxruntime-web, LiteRT.js, TensorFlow.js and ml-knn, in Chromium
  bench --native measure evaluate beside onnxruntime for Python, at one and two threads
  bench --train [EARLIER]   measure training, beside an earlier build's vitrine where its path is given

  mutants …      thousands of changed ONNX files: what is accepted answers as onnxruntime does (options: --count, --seed)
  golden         make the reference outputs again with pinned Python libraries
  lint           format, clippy, eslint, tsc, licences only
  format         apply rustfmt

A first run installs what it needs: the wasm target, npm packages, and for tests wasm-bindgen-cli (into ~/.cache/vitrine),
Chromium, Firefox and WebKitGTK from the distribution's packages where it may.
USAGE
}

say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# ---- set-up ---------------------------------------------------------------------------------------------------------

need_rust() {
  command -v cargo >/dev/null || fail "cargo not found; install Rust from https://rustup.rs"
}

need_wasm_target() {
  need_rust
  local installed
  installed=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown
  [ -d "$installed" ] && return
  command -v rustup >/dev/null || fail "the wasm32-unknown-unknown target is missing and there is no rustup to add it"
  say "adding the wasm target"
  rustup target add wasm32-unknown-unknown
}

need_node() {
  command -v node >/dev/null || fail "node not found; install Node.js 20 or newer"
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "Node.js 20 or newer expected, got $(node --version)"
}

# need_npm DIR: the packages of DIR's lock file, when they are not there yet.
need_npm() {
  need_node
  local stamp="$1/node_modules/.vitrine-lock" sum
  sum=$(cksum <"$1/package-lock.json")
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return
  say "installing the npm packages of $1"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  printf '%s' "$sum" >"$stamp"
}

# tool CRATE VERSION: its folder, installed into the user's cache when it is not there yet.
tool() {
  local root="$TOOLS/$1-$2"
  if [ ! -d "$root/bin" ]; then
    say "installing $1 $2 (once for this user, two or three minutes)"
    # Its own lock file first; a lock file can name a version that was withdrawn since.
    local said
    said=$(CARGO_TARGET_DIR="$TARGET/tools/$1" cargo install --quiet --locked --root "$root" --version "$2" "$1" 2>&1) ||
      CARGO_TARGET_DIR="$TARGET/tools/$1" cargo install --quiet --root "$root" --version "$2" "$1" >&2 ||
      fail "$1 $2 could not be installed: $said"
  fi
  printf '%s/bin' "$root"
}

locked_version() {
  awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# need_packages PACKAGE…: installs them from the distribution where it may.
need_packages() {
  [ $# -gt 0 ] || return 0
  { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } || fail "$* not found; install it (Debian: apt-get install $*) or name another by CHROMIUM, CHROMEDRIVER, FIREFOX, WEBKIT_DRIVER, XVFB"
  say "installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_chromium() {
  local missing=()
  command -v "${CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
  command -v "${CHROMEDRIVER:-chromedriver}" >/dev/null || missing+=(chromium-driver)
  need_packages ${missing[@]+"${missing[@]}"}
  export CHROMIUM=${CHROMIUM:-$(command -v chromium)} CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}
}

need_firefox() {
  local missing=()
  command -v "${FIREFOX:-firefox-esr}" >/dev/null || missing+=(firefox-esr)
  need_packages ${missing[@]+"${missing[@]}"}
  export FIREFOX=${FIREFOX:-$(command -v firefox-esr)}
}

# Without it its tests are skipped, by name; not where CI is set.
need_webkit() {
  local missing=()
  [ -x "${WEBKIT_DRIVER:-/usr/bin/WebKitWebDriver}" ] || missing+=(webkit2gtk-driver)
  [ -x "${XVFB:-/usr/bin/Xvfb}" ] || missing+=(xvfb)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ -z "${CI:-}" ] && { [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; }; then
    say "${missing[*]} not found: the tests in WebKitGTK are skipped"
    return
  fi
  need_packages "${missing[@]}"
}

# ---- building -------------------------------------------------------------------------------------------------------

# Two files of the same code: a browser takes the one with relaxed SIMD where it can, and never both. Each build has a folder
# of its own, or each would compile the other's dependencies anew.
build_wasm() {
  need_wasm_target
  say "building the tool that writes the wasm's JavaScript (the first time half a minute)"
  cargo build --locked --quiet --profile tool --package vitrine-bindgen
  mkdir -p www/pkg
  if [ "${1:-}" = one ] && [ ! -d "$TARGET/relaxed" ]; then
    # Every browser runs the plain one; who measures or publishes builds both.
    say "building the wasm (the first time two minutes)"
    wasm_variant "$TARGET" || fail "the wasm could not be built"
    cp "$TARGET/bindgen/vitrine_bg.wasm" www/pkg/vitrine_relaxed_bg.wasm
    take_package
    return
  fi
  say "building the wasm, with and without relaxed SIMD (the first time four minutes)"
  # Beside each other: a build spends most of its time in one crate, on one core. The flags stand in place of what
  # .cargo/config.toml says, hence simd128 too.
  wasm_variant "$TARGET" & local plain=$!
  RUSTFLAGS="-C target-feature=+simd128,+relaxed-simd" wasm_variant "$TARGET/relaxed" & local relaxed=$!
  local built=0
  wait "$plain" || built=1
  wait "$relaxed" || built=1
  [ "$built" = 0 ] || fail "the wasm could not be built"
  # But for comments, which count the file's functions.
  cmp -s <(grep -v '^ *//' "$TARGET/bindgen/vitrine.js") <(grep -v '^ *//' "$TARGET/relaxed/bindgen/vitrine.js") ||
    fail "the wasm with relaxed SIMD has other JavaScript than the one without: they must not share it ($TARGET/bindgen/vitrine.js, $TARGET/relaxed/bindgen/vitrine.js)"
  newer "$TARGET/relaxed/bindgen/vitrine_bg.wasm" www/pkg/vitrine_relaxed_bg.wasm
  take_package
}

take_package() {
  local name
  for name in vitrine.js vitrine.d.ts vitrine_bg.wasm vitrine_bg.wasm.d.ts; do newer "$TARGET/bindgen/$name" "www/pkg/$name"; done
}

# wasm_variant TARGET: a wasm and its JavaScript in TARGET/bindgen, by the RUSTFLAGS that are set.
wasm_variant() {
  local wasm="$1/wasm32-unknown-unknown/wasm/vitrine.wasm"
  # Exported, constructors are called by us, once; otherwise the linker has every export call them.
  CARGO_TARGET_DIR="$1" cargo rustc --locked --profile wasm --target wasm32-unknown-unknown --lib -- \
    -C link-arg=--export=__wasm_call_ctors || return
  if [ ! "$1/bindgen/vitrine_bg.wasm" -nt "$wasm" ]; then
    "$TARGET/tool/vitrine-bindgen" "$wasm" "$1/bindgen" || return
  fi
}

# newer FROM TO: copies a file when it is newer than its copy.
newer() { [ "$2" -nt "$1" ] || cp "$1" "$2"; }

# build_site [one]: with `one`, one wasm file stands for both where the other has never been built.
build_site() {
  build_wasm "$@"
  need_npm www
  say "building the site"
  (cd www && npm run --silent build)
}

# The npm package.
build_package() { (cd www && npm run --silent build:package); }

# The site once more, with ways to make it fail, for tests alone.
build_faults() { (cd www && npm run --silent build:faults); }

# The command line without the trainer's framework, or with it where training is asked for.
vitrine() { need_rust && cargo run --locked --quiet --release -- "$@"; }
vitrine_with_trainer() { need_rust && cargo run --locked --quiet --release --features train -- "$@"; }

# ---- testing --------------------------------------------------------------------------------------------------------

source tests/checks.sh

# on_built_site SCRIPT: runs a script of tests/e2e against the site, built anew.
on_built_site() {
  need_npm tests
  need_chromium
  build_site
  (cd tests && node "e2e/$1")
}

# ---- models ---------------------------------------------------------------------------------------------------------

models() {
  # One build for all of it.
  vitrine_with_trainer data
  train_networks checkpoints models
  vitrine_with_trainer index
  vitrine_with_trainer eda
  vitrine_with_trainer evaluate --save
  golden
  build_site
  (cd www && npm run --silent build:puzzles)
}

# train_networks CHECKPOINTS OUT OPTION…: the networks that are published into OUT, each run with these options too.
# A slim CNN teaches a CNN, both teach another slim one, the three teach an MLP and a CNN. With that CNN they teach the slim
# one on, and with what it has become they teach the CNN on. Each network is validated first, and then learns from all images.
train_networks() {
  local out=$2 first=$1/first second=$1/second third=$1/third fourth=$1/fourth all=$1/all
  shift 2
  local one=("$@" --teacher "$first/models/cnn-slim.onnx")
  local two=("${one[@]}" --teacher "$first/models/cnn.onnx")
  local three=("${one[@]}" --teacher "$second/models/cnn-slim.onnx" --teacher "$first/models/cnn.onnx")
  local four=("${three[@]}" --teacher "$third/models/cnn.onnx")
  local others=("${three[@]}" --teacher "$fourth/models/cnn-slim.onnx")
  local gentle=(--sketch 0.06 --drawings 2500) rough=(--sketch 0.12 --drawings 5000)
  vitrine_with_trainer train cnn-slim "$@" --out "$first/models" --checkpoints "$first"
  vitrine_with_trainer train cnn "${one[@]}" "${rough[@]}" --out "$first/models" --checkpoints "$first"
  vitrine_with_trainer train cnn-slim "${two[@]}" "${gentle[@]}" --out "$second/models" --checkpoints "$second"
  vitrine_with_trainer train mlp "${three[@]}" --out "$third/models" --checkpoints "$third"
  vitrine_with_trainer train cnn "${three[@]}" --out "$third/models" --checkpoints "$third"
  vitrine_with_trainer train cnn-slim "${four[@]}" --finish "$second" --out "$fourth/models" --checkpoints "$fourth"
  vitrine_with_trainer train cnn "${others[@]}" --finish "$third" --out "$fourth/models" --checkpoints "$fourth"
  vitrine_with_trainer train cnn-slim --all "$second/models" "${two[@]}" --out "$all/second/models" --checkpoints "$all/second"
  vitrine_with_trainer train cnn-slim --all "$fourth/models" "${four[@]}" --finish "$all/second" --out "$out" --checkpoints "$all"
  vitrine_with_trainer train mlp --all "$third/models" "${three[@]}" --out "$out" --checkpoints "$all"
  vitrine_with_trainer train cnn --all "$third/models" "${three[@]}" --out "$all/second/models" --checkpoints "$all/second"
  vitrine_with_trainer train cnn --all "$fourth/models" "${others[@]}" --finish "$all/second" --out "$out" --checkpoints "$all"
}

bench() {
  if [ "${1:-}" = --native ]; then
    bench_native
    return
  fi
  if [ "${1:-}" = --train ]; then
    shift
    bench_train "$@"
    return
  fi
  build_site
  need_npm tests
  need_npm tests/bench
  need_chromium
  say "measuring"
  # LiteRT.js reads no ONNX.
  "$(python_with bench tests/bench/requirements.txt)" tests/bench/litert.py
  node tests/bench/bench.mjs "$@"
}

bench_native() {
  need_rust
  local python
  python=$(reference_python)
  cargo build --locked --quiet --release --features train
  say "measuring"
  VITRINE=$(realpath "$TARGET/release/vitrine") "$python" tests/bench/native.py
  node tests/bench/report.mjs
}

bench_train() {
  need_rust
  need_node
  command -v python3 >/dev/null || fail "python3 not found"
  cargo build --locked --quiet --release --features train
  say "measuring"
  VITRINE=$(realpath "$TARGET/release/vitrine") python3 tests/bench/train.py "$@"
  node tests/bench/report.mjs
}

# A Python with the pinned reference libraries.
reference_python() { python_with golden tests/golden/requirements.txt; }

# python_with NAME FILE: a Python with the packages that FILE pins.
python_with() {
  command -v python3 >/dev/null || fail "python3 not found"
  local venv="$TOOLS/$1" sum
  sum=$(cksum <"$2")
  if [ ! -f "$venv/stamp" ] || [ "$(cat "$venv/stamp")" != "$sum" ]; then
    say "installing the packages of $2"
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet -r "$2" >&2
    printf '%s' "$sum" >"$venv/stamp"
  fi
  printf '%s' "$venv/bin/python"
}

golden() {
  local python script
  python=$(reference_python)
  for script in tests/golden/*.py; do
    say "$script"
    "$python" "$script"
  done
}

mutants() {
  need_rust
  local python
  python=$(reference_python)
  cargo build --locked --quiet --release --features train --example probe
  "$python" -W ignore tests/mutants/run.py "$TARGET/release/examples/probe" --keep "$TARGET/mutants" "$@"
}

verb=${1:-help}
[ $# -gt 0 ] && shift
case "$verb" in
  serve) build_site one && say "http://$ADDRESS:$PORT" && cd www && exec npx --no-install vite preview --host "$ADDRESS" --port "$PORT" --strictPort ;;
  dev) build_wasm one && need_npm www && cd www && exec npx --no-install vite --host "$ADDRESS" --port "$PORT" --strictPort ;;
  build) build_site ;;
  package) build_wasm && need_npm www && build_package ;;
  lighthouse | screenshots) on_built_site "$verb.mjs" ;;
  engines) need_npm www && need_npm tests && need_chromium && need_firefox && need_webkit && build_site && build_package && node tests/e2e/engines/record.mjs ;;
  icons) need_npm tests && need_chromium && (cd tests && node e2e/icons.mjs) ;;
  test) run_tests ;;
  lint) lint && verdict ;;
  format) cargo fmt ;;
  train) vitrine_with_trainer train "$@" ;;
  index) vitrine_with_trainer index "$@" ;;
  data | eda | evaluate) vitrine "$verb" "$@" ;;
  vitrine) vitrine "$@" ;;
  models) models ;;
  bench) bench "$@" ;;
  mutants) mutants "$@" ;;
  golden) golden ;;
  help | -h | --help) usage ;;
  *) usage >&2; fail "unknown verb: $verb" ;;
esac
