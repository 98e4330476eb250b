//! What became of a job, asked of the print service itself over IPP (RFC 8011): `lpstat` shows a job that was
//! printed, one that was cancelled and one that the printer gave up on alike.

use crate::platform;
use ipp::attribute::{IppAttribute, IppAttributeGroup, IppAttributes};
use ipp::model::{DelimiterTag, IppVersion, JobState, Operation, StatusCode};
use ipp::parser::IppParser;
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use std::io::{Cursor, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long the service may think about one answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// An answer about one job is a few hundred bytes.
const LONGEST: u64 = 1 << 20;

/// A job as the print service describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// `job-state`.
    pub state: JobState,
    /// `job-state-reasons`.
    pub reasons: Vec<String>,
    /// What the printer said last about it.
    pub message: String,
}

impl Told {
    /// Whether one of its reasons is this.
    pub fn has(&self, reason: &str) -> bool {
        self.reasons.iter().any(|told| told == reason)
    }
}

/// What the service answers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It knows the job.
    Job(Told),
    /// It knows no such job, or no longer.
    Unknown,
    /// It cannot be asked, or what it says cannot be read.
    Silent,
}

/// Asks for a job by its number at `server`: the path of a socket, or `host:port`, as `lpstat -H` names it.
pub(super) fn job(server: &str, number: u32) -> Answer {
    let Some(request) = request(number) else { return Answer::Silent };
    match exchange(server, number, &request) {
        Some(body) => read(body).unwrap_or(Answer::Silent),
        None => Answer::Silent,
    }
}

fn request(number: u32) -> Option<Vec<u8>> {
    let mut request = IppRequestResponse::new(IppVersion::v1_1(), Operation::GetJobAttributes, None).ok()?;
    let keyword = |word: &str| Some(IppValue::Keyword(word.try_into().ok()?));
    let wanted = ["job-state", "job-state-reasons", "job-printer-state-message"];
    let user = ["LOGNAME", "USER"].into_iter().find_map(|name| std::env::var(name).ok());
    let user = user.unwrap_or_else(|| "zhiban".to_owned());
    let operands = [
        ("job-uri", IppValue::Uri(format!("ipp://localhost/jobs/{number}").try_into().ok()?)),
        ("requesting-user-name", IppValue::NameWithoutLanguage(user.try_into().ok()?)),
        ("requested-attributes", IppValue::Array(wanted.into_iter().map(keyword).collect::<Option<_>>()?)),
    ];
    for (name, value) in operands {
        let attribute = IppAttribute::with_name(name, value).ok()?;
        request.attributes_mut().add(DelimiterTag::OperationAttributes, attribute);
    }
    Some(request.to_bytes().to_vec())
}

/// One request over HTTP/1.0, in which the answer ends where the connection does; its body, if all is well.
fn exchange(server: &str, number: u32, request: &[u8]) -> Option<Vec<u8>> {
    let head = format!(
        "POST /jobs/{number} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/ipp\r\nContent-Length: {}\r\n\r\n",
        request.len()
    );
    let mut message = head.into_bytes();
    message.extend_from_slice(request);
    let answer = if server.starts_with('/') {
        platform::ask_socket(server.as_ref(), &message, PATIENCE, LONGEST).ok()?
    } else {
        ask_host(server, &message)?
    };
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let status = std::str::from_utf8(&answer[..end]).ok()?.split_whitespace().nth(1)?;
    (status == "200").then(|| answer[end + 4..].to_vec())
}

fn ask_host(server: &str, message: &[u8]) -> Option<Vec<u8>> {
    let with_port = if server.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
        server.to_owned()
    } else {
        format!("{server}:631")
    };
    let address = with_port.to_socket_addrs().ok()?.next()?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(message).ok()?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer).ok()?;
    Some(answer)
}

fn read(body: Vec<u8>) -> Option<Answer> {
    let (header, attributes, _) = IppParser::new(IppReader::new(Cursor::new(body))).parse_parts().ok()?;
    match header.status_code() {
        StatusCode::ClientErrorNotFound | StatusCode::ClientErrorGone => return Some(Answer::Unknown),
        status if !status.is_success() => return None,
        _ => {}
    }
    let value = |name: &str| value(&attributes, name);
    let state = match value("job-state")? {
        IppValue::Enum(state) | IppValue::Integer(state) => state_of(*state)?,
        _ => return None,
    };
    let reasons = value("job-state-reasons").map(texts).unwrap_or_default();
    let message = value("job-printer-state-message").map(texts).unwrap_or_default().concat();
    Some(Answer::Job(Told { state, reasons, message }))
}

fn value<'a>(attributes: &'a IppAttributes, name: &str) -> Option<&'a IppValue> {
    let mut all = attributes.groups_of(DelimiterTag::JobAttributes).flat_map(IppAttributeGroup::attributes);
    all.find(|attribute| attribute.name().as_str() == name).map(IppAttribute::value)
}

fn texts(value: &IppValue) -> Vec<String> {
    match value {
        IppValue::Array(all) => all.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

fn state_of(state: i32) -> Option<JobState> {
    use JobState::{Aborted, Canceled, Completed, Pending, PendingHeld, Processing, ProcessingStopped};
    [Pending, PendingHeld, Processing, ProcessingStopped, Canceled, Aborted, Completed]
        .into_iter()
        .find(|known| *known as i32 == state)
}
