//! The command line: arguments in, exit code out.

#[cfg(not(target_arch = "wasm32"))]
mod commands;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match commands::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) if commands::out::is_closed() => std::process::ExitCode::SUCCESS,
        Err(error) => {
            commands::out::note(format_args!("error: {error}"));
            std::process::ExitCode::FAILURE
        }
    }
}

/// `cargo test --target wasm32-unknown-unknown` compiles the binaries too.
#[cfg(target_arch = "wasm32")]
fn main() {}
