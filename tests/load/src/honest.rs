//! Honest traffic: calls at a fixed rate over persistent connections.

use std::net::SocketAddr;
use std::time::{Duration, Instant};
use std::{io, thread};

use contexture_load::Connection;

use crate::call::Call;

/// The number of clients, and the calls that each makes in a second.
const CLIENTS: usize = 4;
const RATE: u32 = 25;

/// The response timeout of an honest client.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The extra time that the traffic may take. Calls that are not made by then are lost.
const LATE: u32 = 3;

/// The observations of the clients.
#[derive(Default)]
pub(crate) struct Seen {
    /// The time of each response since its call was due, in milliseconds.
    times: Vec<f64>,
    /// Calls without a response, or with an unexpected one.
    pub(crate) lost: usize,
}

impl Seen {
    /// The 99th percentile of the response time, in milliseconds.
    pub(crate) fn percentile(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        let at = times.len() * 99 / 100;
        times.get(at).copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn answered(&self) -> usize {
        self.times.len()
    }
}

/// Makes calls for a time.
pub(crate) fn ask(address: SocketAddr, call: &Call, time: Duration) -> Seen {
    let request = call.to_http();
    let mut all = Seen::default();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| scope.spawn(|| ask_alone(address, call, &request, time)))
            .collect();
        for client in clients {
            let seen = client.join().expect("client threads do not panic");
            all.times.extend(seen.times);
            all.lost += seen.lost;
        }
    });
    all
}

fn ask_alone(address: SocketAddr, call: &Call, request: &[u8], time: Duration) -> Seen {
    let mut seen = Seen::default();
    let mut connection = None;
    let began = Instant::now();
    let mut due = Duration::ZERO;
    while due < time {
        thread::sleep(due.saturating_sub(began.elapsed()));
        let was_due = due;
        due += Duration::from_secs(1) / RATE;
        if began.elapsed() > time * LATE {
            seen.lost += 1;
            continue;
        }
        match answer_of(&mut connection, address, request) {
            Ok(body) if call.accepts(&body) => {
                let took = began.elapsed().saturating_sub(was_due);
                seen.times.push(took.as_secs_f64() * 1000.0);
            }
            answer => {
                if seen.lost == 0 {
                    eprintln!("  lost: {answer:?}");
                }
                seen.lost += 1;
            }
        }
    }
    seen
}

/// Makes a call on a persistent connection. Reconnects if the server has closed it meanwhile, as every client
/// does.
fn answer_of(
    kept: &mut Option<Connection>,
    address: SocketAddr,
    request: &[u8],
) -> io::Result<String> {
    if let Some(connection) = kept
        && let Ok(body) = exchange(connection, request)
    {
        return Ok(body);
    }
    let connection = kept.insert(Connection::open_for(address, TIMEOUT)?);
    exchange(connection, request)
}

fn exchange(connection: &mut Connection, request: &[u8]) -> io::Result<String> {
    connection.send(request)?;
    let answer = connection.receive()?;
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    if answer.status == 200 {
        Ok(body)
    } else {
        Err(io::Error::other(format!("{}: {body}", answer.status)))
    }
}
