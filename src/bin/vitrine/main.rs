//! The command line: arguments in, exit code out.

#[cfg(not(target_arch = "wasm32"))]
mod classify;
#[cfg(not(target_arch = "wasm32"))]
mod data;
#[cfg(not(target_arch = "wasm32"))]
mod eda;
#[cfg(not(target_arch = "wasm32"))]
mod evaluate;
#[cfg(not(target_arch = "wasm32"))]
mod index;
#[cfg(not(target_arch = "wasm32"))]
mod inspect;
#[cfg(not(target_arch = "wasm32"))]
mod train;

/// Trains, measures and inspects the models that Vitrine shows in the browser.
///
/// The data set is Fashion-MNIST: 60,000 training and 10,000 test images of garments, 28×28 grey pixels, ten classes.
/// Its four files are looked for in the folder that the environment variable VITRINE_DATA names, else in ./data; `vitrine
/// data` fetches them. Everything that is learned goes to ./models, with a manifest of sums and provenance.
#[cfg(not(target_arch = "wasm32"))]
#[derive(clap::Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[cfg(not(target_arch = "wasm32"))]
#[derive(clap::Subcommand)]
enum Command {
    Data(data::DataArgs),
    Train(train::TrainArgs),
    Index(index::IndexArgs),
    Eda(eda::EdaArgs),
    Evaluate(evaluate::EvaluateArgs),
    Classify(classify::ClassifyArgs),
    Inspect(inspect::InspectArgs),
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let result = match <Cli as clap::Parser>::parse().command {
        Command::Data(args) => data::run(args),
        Command::Train(args) => train::run(args),
        Command::Index(args) => index::run(args),
        Command::Eda(args) => eda::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Classify(args) => classify::run(args),
        Command::Inspect(args) => inspect::run(args),
    };
    match result {
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
