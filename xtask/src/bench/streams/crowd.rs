//! Many readers in one thread: an epoll set, and one read for each reader who has something.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};

use super::frames::Frames;

/// A server that does not answer for so long is given up.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
const HEAD_BYTES_MAX: usize = 16 << 10;
const READ_BYTES: usize = 64 << 10;
/// Readers looked at between two waits.
const READY_MAX: usize = 1024;
/// Each reader remembers its messages in as many bits.
pub(super) const MESSAGES_MAX: u32 = 64;

/// Readers of one stream, and what they were given.
pub(super) struct Crowd {
    epoll: OwnedFd,
    readers: Vec<Reader>,
    /// Stands before the number of a message, in the data of its event.
    mark: String,
    arrivals: Vec<Vec<Instant>>,
    faults: Faults,
    known: Known,
    ready: Vec<epoll::Event>,
    buffer: Vec<u8>,
}

struct Reader {
    stream: TcpStream,
    frames: Frames,
    /// A bit for each message.
    seen: u64,
}

/// The last read that began and ended between two events. Another reader who is given the same bytes is given the same
/// messages, so that the crowd need not take them apart ten thousand times and hold up the server it measures.
#[derive(Default)]
struct Known {
    bytes: Vec<u8>,
    numbers: Vec<u32>,
}

/// What must not happen, counted over all readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    pub(super) lost: u64,
    pub(super) doubled: u64,
    pub(super) disordered: u64,
}

/// The word that tells a message apart from all others.
pub(super) fn word(mark: &str, number: u32) -> String {
    format!("{mark}{number}e")
}

/// The number of the message in an event; `None` for what else a stream says.
fn number(event: &[u8], mark: &str) -> Option<u32> {
    let at = event.windows(mark.len()).position(|window| window == mark.as_bytes())?;
    let rest = &event[at + mark.len()..];
    let n_digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if rest.get(n_digits) != Some(&b'e') {
        return None;
    }
    str::from_utf8(&rest[..n_digits]).ok()?.parse().ok().filter(|number| *number < MESSAGES_MAX)
}

impl Crowd {
    /// Opens the streams one after the other, each answered before the next is asked for.
    pub(super) fn connect(addr: SocketAddr, path: &str, n_readers: usize, mark: &str) -> anyhow::Result<Self> {
        let mut crowd = Self {
            epoll: epoll::create(epoll::CreateFlags::CLOEXEC)?,
            readers: Vec::with_capacity(n_readers),
            mark: mark.to_owned(),
            arrivals: vec![Vec::with_capacity(n_readers); MESSAGES_MAX as usize],
            faults: Faults::default(),
            known: Known::default(),
            ready: Vec::with_capacity(READY_MAX),
            buffer: vec![0; READ_BYTES],
        };
        for at in 0..n_readers {
            let reader = crowd.open(addr, path).with_context(|| format!("reader {} of {n_readers} does not get in", at + 1))?;
            let event = epoll::EventData::new_u64(at as u64);
            epoll::add(&crowd.epoll, &reader.stream, event, epoll::EventFlags::IN)?;
            crowd.readers.push(reader);
        }
        Ok(crowd)
    }

    fn open(&mut self, addr: SocketAddr, path: &str) -> anyhow::Result<Reader> {
        let mut stream = TcpStream::connect(addr)?;
        stream.set_read_timeout(Some(HEAD_TIMEOUT))?;
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nAccept: text/event-stream\r\n\r\n").as_bytes())?;
        let mut head = Vec::new();
        let end = loop {
            if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            ensure!(head.len() < HEAD_BYTES_MAX, "the head has no end");
            let length = stream.read(&mut self.buffer)?;
            ensure!(length != 0, "the server hung up");
            head.extend_from_slice(&self.buffer[..length]);
        };
        let body = head.split_off(end + 4);
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        ensure!(head.starts_with("http/1.1 200"), "{path} answered {}", head.lines().next().unwrap_or_default());
        let mut frames = Frames::new(head.contains("transfer-encoding: chunked"));
        let (mut numbers, mut seen) = (Vec::new(), 0);
        frames.take(&body, |event| numbers.extend(number(event, &self.mark)))?;
        for number in numbers {
            self.faults.note(&mut seen, number, &mut self.arrivals, Instant::now());
        }
        stream.set_nonblocking(true)?;
        Ok(Reader { stream, frames, seen })
    }

    /// Reads until every reader has a message, at most until the deadline. Says when each had it, in that order.
    ///
    /// # Errors
    /// When a stream ends or says what is no event stream. Readers who go without are counted in [`Crowd::faults`].
    pub(super) fn await_message(&mut self, number: u32, deadline: Instant) -> anyhow::Result<&[Instant]> {
        let at = number as usize;
        while self.arrivals[at].len() < self.readers.len() && Instant::now() < deadline {
            self.read_until(deadline)?;
        }
        self.faults.lost += (self.readers.len() - self.arrivals[at].len()) as u64;
        Ok(&self.arrivals[at])
    }

    /// Goes on reading for a while, for what comes twice or unasked.
    pub(super) fn linger(&mut self, time: Duration) -> anyhow::Result<()> {
        let deadline = Instant::now() + time;
        while Instant::now() < deadline {
            self.read_until(deadline)?;
        }
        Ok(())
    }

    /// What went wrong so far.
    pub(super) fn faults(&self) -> Faults {
        self.faults
    }

    /// The bytes of an event as the last reader got it, everything between the lines of the transfer included.
    pub(super) fn event_bytes(&self) -> usize {
        self.known.bytes.len() / self.known.numbers.len().max(1)
    }

    /// Waits once, and reads from whoever has something.
    fn read_until(&mut self, deadline: Instant) -> anyhow::Result<()> {
        let left = deadline.saturating_duration_since(Instant::now());
        let left = Timespec { tv_sec: i64::try_from(left.as_secs())?, tv_nsec: left.subsec_nanos().into() };
        let mut ready = std::mem::take(&mut self.ready);
        match epoll::wait(&self.epoll, spare_capacity(&mut ready), Some(&left)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in ready.drain(..) {
            self.read(usize::try_from(event.data.u64())?)?;
        }
        self.ready = ready;
        Ok(())
    }

    fn read(&mut self, at: usize) -> anyhow::Result<()> {
        let reader = &mut self.readers[at];
        let length = match reader.stream.read(&mut self.buffer) {
            Ok(0) => bail!("the server ended the stream of reader {}", at + 1),
            Ok(length) => length,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => return Ok(()),
            Err(error) => return Err(error).with_context(|| format!("the stream of reader {} broke", at + 1)),
        };
        let arrived = Instant::now();
        let bytes = &self.buffer[..length];
        let began_at_rest = reader.frames.is_at_rest();
        if began_at_rest && bytes == self.known.bytes.as_slice() {
            for number in &self.known.numbers {
                self.faults.note(&mut reader.seen, *number, &mut self.arrivals, arrived);
            }
            return Ok(());
        }
        let mut numbers = Vec::new();
        reader.frames.take(bytes, |event| numbers.extend(number(event, &self.mark)))?;
        for number in &numbers {
            self.faults.note(&mut reader.seen, *number, &mut self.arrivals, arrived);
        }
        if began_at_rest && reader.frames.is_at_rest() && !numbers.is_empty() {
            self.known = Known { bytes: bytes.to_vec(), numbers };
        }
        Ok(())
    }
}

impl Faults {
    /// A reader was given a message: it is the first time and the turn of it, or a fault.
    fn note(&mut self, seen: &mut u64, number: u32, arrivals: &mut [Vec<Instant>], arrived: Instant) {
        let bit = 1 << number;
        if *seen & bit != 0 {
            self.doubled += 1;
            return;
        }
        if bit < *seen {
            self.disordered += 1;
        }
        *seen |= bit;
        arrivals[number as usize].push(arrived);
    }

    /// Those of another crowd too.
    pub(super) fn and(self, other: Self) -> Self {
        Self { lost: self.lost + other.lost, doubled: self.doubled + other.doubled, disordered: self.disordered + other.disordered }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_number_needs_its_mark_and_its_end() {
        assert_eq!(number(b"id: 7\ndata: {\"headline\":\"Measured zqa12e on\"}", "zqa"), Some(12));
        assert_eq!(number(b"data: zqa12", "zqa"), None);
        assert_eq!(number(b"data: zqa99e", "zqa"), None, "more than a reader remembers");
        assert_eq!(number(b": a comment", "zqa"), None);
    }

    #[test]
    fn what_comes_twice_late_or_not_at_all_is_counted() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let mut streams: Vec<TcpStream> = (0..2)
                .map(|_| {
                    let (mut stream, _) = listener.accept().unwrap();
                    let length = stream.read(&mut [0; 512]).unwrap();
                    assert_ne!(length, 0);
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n: hello\n\n").unwrap();
                    stream
                })
                .collect();
            for message in ["m0e", "m2e", "m1e", "m1e"] {
                streams[0].write_all(format!("data: {message}\n\n").as_bytes()).unwrap();
            }
            streams[1].write_all(b"data: m0e\n\ndata: m1e\n\n").unwrap();
            streams
        });
        let mut crowd = Crowd::connect(addr, "/", 2, "m").unwrap();
        let open = server.join().unwrap();
        for (number, n_arrivals) in [(0, 2), (1, 2), (2, 1)] {
            let arrivals = crowd.await_message(number, Instant::now() + Duration::from_secs(2)).unwrap();
            assert_eq!(arrivals.len(), n_arrivals, "message {number}");
        }
        assert_eq!(crowd.faults(), Faults { lost: 1, doubled: 1, disordered: 1 });
        drop(open);
        assert!(crowd.linger(Duration::from_secs(1)).is_err(), "an ended stream is a failure");
    }
}
