//! Running calls during the shutdown of a server.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{io, thread};

use contexture_load::Connection;

use super::CONNECTIONS;
use crate::call::Call;
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

/// The time of load before the shutdown.
const BEFORE: Duration = Duration::from_secs(1);

/// The number of shutdowns, even in a short run, since a lost request is a matter of chance.
const AT_LEAST: usize = 3;

/// The observations of one connection.
#[derive(Default)]
struct Seen {
    answered: u64,
    /// Calls that were sent completely and got no response.
    lost: u64,
}

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let mut total = Seen::default();
    let rounds = options.rounds.max(AT_LEAST);
    for _ in 0..rounds {
        let seen = stop_under_load()?;
        eprintln!("  {} answered, {} lost", seen.answered, seen.lost);
        total.answered += seen.answered;
        total.lost += seen.lost;
    }
    let Seen { answered, lost } = total;
    let measured = format!("{lost} of {} in {rounds} runs", answered + lost);
    table.fact(
        "requests lost at SIGTERM under load",
        measured,
        "0",
        lost == 0,
    );
    Ok(())
}

fn stop_under_load() -> io::Result<Seen> {
    let call = Call::hello();
    let mut server = Program::parity().start(&call)?;
    let request = call.to_http();
    let connections: io::Result<Vec<_>> = (0..CONNECTIONS)
        .map(|_| Connection::open(server.address))
        .collect();
    let stopping = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let threads: Vec<_> = connections?
            .into_iter()
            .map(|connection| scope.spawn(|| call_until_closed(connection, &request, &stopping)))
            .collect();
        thread::sleep(BEFORE);
        stopping.store(true, Ordering::SeqCst);
        server.terminate()?;
        let seen: io::Result<Vec<_>> = threads
            .into_iter()
            .map(|thread| thread.join().expect("connection threads do not panic"))
            .collect();
        seen
    })?;
    let status = server.wait()?;
    if !status.success() {
        return Err(io::Error::other(format!("the server ended with {status}")));
    }
    Ok(Seen {
        answered: seen.iter().map(|seen| seen.answered).sum(),
        lost: seen.iter().map(|seen| seen.lost).sum(),
    })
}

/// Makes one call after the other until the server closes the connection.
fn call_until_closed(
    mut connection: Connection,
    request: &[u8],
    stopping: &AtomicBool,
) -> io::Result<Seen> {
    let mut seen = Seen::default();
    // A connection that closes before a call is sent loses no call.
    while connection.send(request).is_ok() {
        match connection.receive() {
            Ok(answer) if answer.status == 200 => {
                seen.answered += 1;
                if answer.closes() {
                    break;
                }
            }
            Ok(answer) => return Err(io::Error::other(format!("a {} came", answer.status))),
            Err(error) if !stopping.load(Ordering::SeqCst) => return Err(error),
            Err(_) => {
                seen.lost += 1;
                break;
            }
        }
    }
    Ok(seen)
}
