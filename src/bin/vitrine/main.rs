//! The command line: arguments in, exit code out.

#[cfg(not(target_arch = "wasm32"))]
mod commands;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match commands::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// `cargo test --target wasm32-unknown-unknown` compiles the binaries too.
#[cfg(target_arch = "wasm32")]
fn main() {}
