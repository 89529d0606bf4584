//! What a build without the training framework says when it is asked to learn.

use vitrine::error::{Blame, Error};

fn missing(command: &str, rest: &[String]) -> vitrine::Result<()> {
    Err(Error::new(Blame::Parameter, format!("{command} {}", rest.join(" ")).trim_end())
        .expected("a build with the training framework")
        .got("one without")
        .remedy(format!("run `cargo run --release --features train -- {command} ...`")))
}

pub mod train {
    /// Train a network (needs a build with `--features train`)
    #[derive(clap::Args)]
    pub struct TrainArgs {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    }

    pub fn run(args: TrainArgs) -> vitrine::Result<()> {
        super::missing("train", &args.rest)
    }
}

pub mod index {
    /// Learn the compact KNN index (needs a build with `--features train`)
    #[derive(clap::Args)]
    pub struct IndexArgs {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    }

    pub fn run(args: IndexArgs) -> vitrine::Result<()> {
        super::missing("index", &args.rest)
    }
}
