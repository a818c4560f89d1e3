//! From an address to a verdict, by one or more requests.

use std::time::Duration;

use super::client::{Answer, Client, Failure, Method};
use super::{Verdict, address};

/// Redirects that are followed.
const MAX_STEPS: usize = 10;
/// Longest wait for a server that asks for patience.
const PATIENCE: Duration = Duration::from_secs(10);

/// Follows an address to its end. `pause` is called before every request but the first, with the wait that a server
/// asked for.
pub(super) fn follow(start: &str, client: &dyn Client, pause: &dyn Fn(Duration)) -> Verdict {
    let mut at = start.to_owned();
    let mut permanent = true;
    for step in 0..=MAX_STEPS {
        if step > 0 {
            pause(Duration::ZERO);
        }
        let answer = match ask(&at, client, pause) {
            Ok(answer) => answer,
            Err(failure) => return Verdict::Broken(from_there(start, &at, failure.0)),
        };
        let next = match answer.status {
            301 | 302 | 303 | 307 | 308 => answer.location.as_deref(),
            _ => return settle(start, &at, permanent, answer.status),
        };
        permanent &= matches!(answer.status, 301 | 308);
        match next.and_then(|location| address::join(&at, location)) {
            Some(next) if next == at => return Verdict::Broken("redirects to itself".to_owned()),
            Some(next) => at = next,
            None => return Verdict::Broken(from_there(start, &at, "redirects to nowhere".to_owned())),
        }
    }
    Verdict::Broken(format!("redirects more than {MAX_STEPS} times"))
}

/// The header, or the page where a server does not give headers alone. A server in a hurry is asked once more.
fn ask(at: &str, client: &dyn Client, pause: &dyn Fn(Duration)) -> Result<Answer, Failure> {
    let mut answer = client.ask(Method::Head, at)?;
    // Servers that know no HEAD say so with 405 or 501, with 403, and some with 400 or 404.
    if matches!(answer.status, 400 | 403 | 404 | 405 | 406 | 500..) && !is_busy(&answer) {
        pause(Duration::ZERO);
        answer = client.ask(Method::Get, at)?;
    }
    if is_busy(&answer) {
        let wait = answer.retry_after.unwrap_or(Duration::from_secs(1));
        if wait <= PATIENCE {
            pause(wait);
            answer = client.ask(Method::Get, at)?;
        }
    }
    Ok(answer)
}

fn is_busy(answer: &Answer) -> bool {
    matches!(answer.status, 429 | 503) && (answer.status == 429 || answer.retry_after.is_some())
}

fn settle(start: &str, at: &str, permanent: bool, status: u16) -> Verdict {
    match status {
        200..=299 | 304 if at == start => Verdict::Fine,
        200..=299 | 304 => Verdict::Moved {
            to: at.to_owned(),
            permanent,
        },
        // 999 is what some large sites say to programs.
        401 | 402 | 403 | 407 | 429 | 451 | 999 => Verdict::Refused(status),
        _ => Verdict::Broken(from_there(start, at, format!("answers {}", reason(status)))),
    }
}

/// The reason, with the address where it went wrong if that is not the first one.
fn from_there(start: &str, at: &str, why: String) -> String {
    if start == at {
        why
    } else {
        format!("redirects to `{at}`, which {why}")
    }
}

fn reason(status: u16) -> String {
    let reason = ureq::http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}
