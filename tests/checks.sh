# Every test and check, as steps that go on after one has failed. For build.sh, which sets up what they need.
# shellcheck shell=bash

FAILED=()
# step NAME COMMAND…: runs it, remembers whether it failed, says how long it took.
step() {
  local name=$1 start=$SECONDS
  shift
  say "$name"
  # A subshell with its own -e: a condition would switch -e off inside the function.
  local status=0
  (set -e; "$@") & wait $! || status=$?
  [ "$status" = 0 ] || FAILED+=("$name")
  printf '  %s: %s, %d s\n' "$name" "$([ "$status" = 0 ] && echo passed || echo FAILED)" $((SECONDS - start)) >&2
}

verdict() {
  if [ ${#FAILED[@]} -gt 0 ]; then
    fail "failed: $(printf '%s; ' "${FAILED[@]}")"
  fi
  say "everything passed in $SECONDS s"
}

check_format() { cargo fmt --all --check; }
check_clippy() {
  cargo clippy --locked --release --features train --all-targets -- -D warnings
  cargo clippy --locked --profile tool --package vitrine-bindgen -- -D warnings
}
check_clippy_wasm() { cargo clippy --locked --profile wasm --target wasm32-unknown-unknown --lib -- -D warnings; }
check_dependencies() {
  local deny
  deny=$(tool cargo-deny "$CARGO_DENY_VERSION")
  "$deny/cargo-deny" --locked --config .ci/deny.toml check licenses bans sources
}
check_bytes() { node tests/bench/bytes.mjs; }
check_tables() { need_node && node tests/bench/report.mjs --check; }
check_page() { (cd www && npm run --silent lint && npm run --silent check && npm run --silent test); }

test_native() { cargo test --locked --release --features train; }
# All runs of training that `./build.sh models` consists of, one epoch of few images each.
test_training() {
  if [ -z "${CI:-}" ] && [ ! -d "${VITRINE_DATA:-data}" ]; then
    say "skipped: no data set, neither in VITRINE_DATA nor in data/"
    return
  fi
  local at
  at=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$at'" EXIT
  train_networks "$at" "$at/models" --subset 300 --epochs 1 >/dev/null
  for role in cnn cnn-slim mlp; do
    vitrine_with_trainer inspect "$at/models/$role.onnx" >/dev/null
  done
}
test_documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --release --no-deps --lib --document-private-items; }
test_browser() {
  local bindgen
  bindgen=$(tool wasm-bindgen-cli "$(locked_version wasm-bindgen)")
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$bindgen/wasm-bindgen-test-runner" \
  WASM_BINDGEN_TEST_WEBDRIVER_JSON="$PWD/tests/browser/webdriver.json" WASM_BINDGEN_TEST_TIMEOUT=300 \
    cargo test --locked --profile wasm --target wasm32-unknown-unknown --test browser
}
test_page() { (cd tests && npm test --silent); }
# The package as it is packed, in the builds of others.
test_consumers() { (cd tests && node --test consumers/consumers.test.mjs); }

lint() {
  need_wasm_target
  need_npm www
  step "format" check_format
  step "clippy" check_clippy
  step "clippy for wasm" check_clippy_wasm
  step "licences, duplicates, sources" check_dependencies
  step "page: eslint, tsc, unit tests" check_page
  step "tables of speed and size" check_tables
}

run_tests() {
  # Set-up outside the steps, so that a step's time is its own.
  need_wasm_target
  need_npm www
  need_npm tests
  need_npm tests/consumers
  need_chromium
  need_firefox
  need_webkit
  # Beside each other, as either spends its time on one core.
  tool wasm-bindgen-cli "$(locked_version wasm-bindgen)" >/dev/null & local bindgen=$!
  tool cargo-deny "$CARGO_DENY_VERSION" >/dev/null & local deny=$!
  wait "$bindgen"
  wait "$deny"
  step "site" build_site
  step "site with faults" build_faults
  step "package" build_package
  step "bytes" check_bytes
  # Builds the command line too, which the page is compared with.
  step "native tests" test_native
  step "every run of training, shortened" test_training
  step "page in Chromium, Firefox and WebKitGTK" test_page
  step "package in the builds of others" test_consumers
  step "golden cases in Chromium" test_browser
  step "documentation" test_documentation
  lint
  verdict
}
