//! Fetches a published file over HTTP: goes on where it stopped, and keeps only bytes whose sum is right.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};

use super::folder::Published;
use crate::error::{Blame, Error, Result};
use crate::storage::files::{self, io_error};

/// Where the data set's authors publish it. Plain HTTP: what is trusted is the sum.
pub const ADDRESS: &str = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

const AGAIN: &str = "run the command again: it goes on from here";

/// Fetches `file` from the folder `address` into `folder`, by way of a `.part` file from which a later call goes on.
/// `progress` is told how many bytes there are so far.
///
/// # Errors
/// [`Blame::Io`] when the server cannot be reached, answers with an error or stops early (the part is kept), or the disk
/// fails; [`Blame::Integrity`] when the length or the sum differs (the part is removed).
pub fn fetch(address: &str, file: &Published, folder: &Path, progress: &mut dyn FnMut(u64)) -> Result<()> {
    let url = format!("{}/{}", address.trim_end_matches('/'), file.name);
    let part = folder.join(format!("{}.part", file.name));
    fs::create_dir_all(folder).map_err(|error| io_error(folder, &error))?;
    let mut have = fs::metadata(&part).map_or(0, |metadata| metadata.len());
    if have > file.bytes {
        have = 0;
    }
    progress(have);
    if have < file.bytes {
        let (start, response) = open(&url, have)?;
        check_length(&url, file, start, &response)?;
        append(&url, file, &part, start, response, progress)?;
    }
    let bytes = files::read(&part)?;
    if let Err(error) = file.check(&bytes) {
        fs::remove_file(&part).map_err(|error| io_error(&part, &error))?;
        return Err(error.within(url).remedy("what came was removed: run the command again"));
    }
    let target = folder.join(file.name);
    fs::rename(&part, &target).map_err(|error| io_error(&target, &error))
}

/// The answer of the server and the offset at which its bytes begin: `have`, or 0 if it does not know about ranges.
fn open(url: &str, have: u64) -> Result<(u64, Response<ureq::Body>)> {
    let answer = request(url, have)?;
    match answer.status() {
        StatusCode::OK => Ok((0, answer)),
        StatusCode::PARTIAL_CONTENT if have > 0 && range_start(&answer) == Some(have) => Ok((have, answer)),
        StatusCode::RANGE_NOT_SATISFIABLE | StatusCode::PARTIAL_CONTENT if have > 0 => open(url, 0),
        status => Err(Error::new(Blame::Io, url)
            .expected("HTTP status 200")
            .got(format!("HTTP status {}", status.as_u16()))
            .remedy("check the address, or put the files into the folder by hand")),
    }
}

fn request(url: &str, have: u64) -> Result<Response<ureq::Body>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut request = agent.get(url);
    if have > 0 {
        request = request.header(header::RANGE, format!("bytes={have}-"));
    }
    request.call().map_err(|error| {
        Error::new(Blame::Io, url)
            .got(error)
            .remedy("check the connection and run the command again, or put the files into the folder by hand")
    })
}

/// The first offset in `Content-Range: bytes 5-9/10` (RFC 9110, section 14.4).
fn range_start(answer: &Response<ureq::Body>) -> Option<u64> {
    let range = answer.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split_once('-')?.0.parse().ok()
}

/// A page that some proxy sends in the file's place is recognised before it is kept.
fn check_length(url: &str, file: &Published, start: u64, answer: &Response<ureq::Body>) -> Result<()> {
    match answer.body().content_length() {
        Some(length) if start.saturating_add(length) != file.bytes => Err(Error::new(Blame::Integrity, url)
            .expected(format!("{} bytes", file.bytes - start))
            .got(format!("{length} bytes"))
            .remedy("the address serves another file: check it, or put the files into the folder by hand")),
        _ => Ok(()),
    }
}

fn append(
    url: &str,
    file: &Published,
    part: &Path,
    start: u64,
    response: Response<ureq::Body>,
    progress: &mut dyn FnMut(u64),
) -> Result<()> {
    let on_disk = |error: std::io::Error| io_error(part, &error);
    let mut output = OpenOptions::new().create(true).write(true).truncate(false).open(part).map_err(on_disk)?;
    output.set_len(start).map_err(on_disk)?;
    std::io::Seek::seek(&mut output, std::io::SeekFrom::Start(start)).map_err(on_disk)?;
    // One byte more than there should be tells that it is too long, however much the server sends.
    let mut input = response.into_body().into_reader().take(file.bytes - start + 1);
    let (mut have, mut buffer) = (start, [0; 1 << 16]);
    let stopped = loop {
        match input.read(&mut buffer) {
            Ok(0) => break None,
            Ok(count) => {
                output.write_all(&buffer[..count]).map_err(on_disk)?;
                have += count as u64;
                progress(have);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => break Some(error),
        }
    };
    output.sync_all().map_err(on_disk)?;
    if have < file.bytes {
        let reason = stopped.map_or(String::new(), |error| format!(" ({error})"));
        return Err(Error::new(Blame::Io, url)
            .expected(format!("{} bytes", file.bytes))
            .got(format!("{have} before the connection ended{reason}"))
            .remedy(AGAIN));
    }
    Ok(())
}
