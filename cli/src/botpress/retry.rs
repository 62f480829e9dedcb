//! The retries of the official command line.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contexture::client::TransportError;
use http::{HeaderMap, Method, Response, StatusCode};

/// How often a request is repeated.
const RETRIES: u32 = 3;
/// The time of one attempt.
pub(super) const TIMEOUT: Duration = Duration::from_mins(3);
/// The longest wait. If Botpress asks for more, the command ends and tells the reason.
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// The headers with the time to wait, the first one first.
const HEADERS: [&str; 3] = ["retry-after", "ratelimit-reset", "x-ratelimit-reset"];

/// How long to wait before the next attempt; `None` if there is none.
///
/// A request is repeated up to three times: after an error of the connection, and after 429, 500, 502, 503 and 504. A
/// `POST` is not repeated after a timeout, since Botpress may still be at it.
pub(super) fn wait_after(
    outcome: &Result<Response<Bytes>, TransportError>,
    method: &Method,
    attempts: u32,
    now: SystemTime,
) -> Option<Duration> {
    if attempts > RETRIES {
        return None;
    }
    let usual = Duration::from_secs(u64::from(attempts));
    let wait = match outcome {
        Err(error) => (!error.is_timeout() || method != Method::POST).then_some(usual)?,
        Ok(answer) => match answer.status() {
            StatusCode::TOO_MANY_REQUESTS => asked_wait(answer.headers(), now).unwrap_or(usual),
            StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => usual,
            _ => return None,
        },
    };
    (wait <= LONGEST_WAIT).then_some(wait)
}

/// The time that an answer asks to wait: seconds, or a date.
fn asked_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    HEADERS.iter().find_map(|name| {
        let text = headers.get(*name)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        Some(until.duration_since(now).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(status: u16, headers: &[(&str, &str)], attempts: u32) -> Option<u64> {
        let mut answer = Response::builder().status(status);
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        let outcome = Ok(answer.body(Bytes::new()).unwrap());
        let wait = wait_after(&outcome, &Method::POST, attempts, SystemTime::UNIX_EPOCH);
        wait.map(|wait| wait.as_secs())
    }

    #[test]
    fn errors_of_the_server_are_repeated_three_times_and_later_each_time() {
        for status in [429, 500, 502, 503, 504] {
            let waits = [1, 2, 3, 4].map(|attempts| wait(status, &[], attempts));
            assert_eq!(waits, [Some(1), Some(2), Some(3), None], "{status}");
        }
        for status in [200, 301, 400, 401, 404, 501] {
            assert_eq!(wait(status, &[], 1), None, "{status}");
        }
    }

    #[test]
    fn too_many_requests_wait_as_long_as_botpress_asks() {
        let date = ("retry-after", "Thu, 01 Jan 1970 00:00:20 GMT");
        assert_eq!(wait(429, &[date], 1), Some(20));
        let both = [("x-ratelimit-reset", "9"), ("ratelimit-reset", "7")];
        assert_eq!(wait(429, &both, 1), Some(7));
        assert_eq!(wait(429, &[("retry-after", "soon")], 2), Some(2));
        assert_eq!(wait(429, &[("retry-after", "86400")], 1), None);
        assert_eq!(wait(503, &[("retry-after", "7")], 1), Some(1));
    }

    #[test]
    fn a_request_that_creates_is_not_repeated_after_a_timeout() {
        let late = || Err(TransportError::timeout("late"));
        let wait = |method| wait_after(&late(), &method, 1, SystemTime::UNIX_EPOCH);
        assert_eq!(wait(Method::POST), None);
        assert_eq!(wait(Method::PUT), Some(Duration::from_secs(1)));
        let lost = Err(TransportError::new("lost"));
        let wait = wait_after(&lost, &Method::POST, 1, SystemTime::UNIX_EPOCH);
        assert_eq!(wait, Some(Duration::from_secs(1)));
    }
}
