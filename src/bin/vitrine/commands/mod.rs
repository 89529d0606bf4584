//! The commands and what they share: each reads its arguments, calls the library and prints.

mod bars;
#[cfg(feature = "train")]
mod choices;
mod classify;
mod data;
mod eda;
mod evaluate;
#[cfg(feature = "train")]
mod index;
mod inspect;
pub mod out;
mod photographs;
mod picture;
#[cfg(feature = "train")]
mod report;
#[cfg(feature = "train")]
mod train;
#[cfg(not(feature = "train"))]
mod without_framework;

#[cfg(not(feature = "train"))]
use without_framework::{index, train};

/// Trains, measures and inspects the models that Vitrine shows in the browser.
///
/// The data set is Fashion-MNIST: 60,000 training and 10,000 test images of garments, 28×28 grey pixels, ten classes.
/// Its four files are looked for in the folder that the environment variable VITRINE_DATA names, else in ./data; `vitrine
/// data` fetches them. Everything that is learned goes to ./models, with a manifest of sums and provenance.
#[derive(clap::Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Data(data::DataArgs),
    Train(Box<train::TrainArgs>),
    Index(index::IndexArgs),
    Eda(eda::EdaArgs),
    Evaluate(evaluate::EvaluateArgs),
    Classify(classify::ClassifyArgs),
    Inspect(inspect::InspectArgs),
    Photographs(photographs::PhotographsArgs),
}

/// Runs the command that was given.
pub fn run() -> vitrine::Result<()> {
    let cli = match <Cli as clap::Parser>::try_parse() {
        Ok(cli) => cli,
        Err(mistake) if mistake.use_stderr() => mistake.exit(),
        Err(help) => return clap::Error::print(&help).map_err(out::failed),
    };
    match cli.command {
        Command::Data(args) => data::run(args),
        Command::Train(args) => train::run(*args),
        Command::Index(args) => index::run(args),
        Command::Eda(args) => eda::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Classify(args) => classify::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Photographs(args) => photographs::run(args),
    }
}
