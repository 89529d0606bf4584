//! `vitrine-bindgen WASM FOLDER`: the wasm package of a compiled library, for browsers' modules.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().skip(1).collect();
    let [wasm, folder] = given.as_slice() else {
        eprintln!("vitrine-bindgen: expected WASM FOLDER, got {} arguments", given.len());
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    let made = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(wasm)
            .typescript(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(folder)
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vitrine-bindgen: {}: {error:#}", wasm.display());
            ExitCode::FAILURE
        }
    }
}
