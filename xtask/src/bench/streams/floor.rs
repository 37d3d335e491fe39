//! The floor under every server of event streams on this machine: one send for each reader and message, and nothing else.
//!
//! No filter, no number, no resuming, and a reader costs a descriptor and four bytes. What remains is the kernel's.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use clap::Args;

/// As much of a request as is looked at.
const REQUEST_BYTES_MAX: usize = 64 << 10;

/// `GET` subscribes, `POST` sends its body to everybody as it stands.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Threads that send.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

type Readers = Arc<Mutex<Vec<TcpStream>>>;

/// Prints its address and serves until it is ended.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}/", listener.local_addr()?);
    let mut senders: Vec<(Readers, Sender<Arc<[u8]>>)> = Vec::new();
    for _ in 0..options.threads.max(1) {
        let readers = Readers::default();
        let (sender, messages) = channel();
        senders.push((readers.clone(), sender));
        std::thread::spawn(move || send(&readers, &messages));
    }
    let mut n_readers = 0;
    for stream in listener.incoming() {
        let mut stream = stream?;
        stream.set_nodelay(true)?;
        let Some((head, body)) = request(&mut stream)? else { continue };
        if head.starts_with(b"POST") {
            let message: Arc<[u8]> = body.into();
            for (_, sender) in &senders {
                sender.send(message.clone()).context("a sending thread has ended")?;
            }
            stream.write_all(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")?;
        } else {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n")?;
            stream.set_nonblocking(true)?;
            senders[n_readers % senders.len()].0.lock().unwrap_or_else(PoisonError::into_inner).push(stream);
            n_readers += 1;
        }
    }
    Ok(())
}

/// A reader who does not take a message at once is dropped: whoever measures reads.
fn send(readers: &Readers, messages: &Receiver<Arc<[u8]>>) {
    for message in messages {
        let mut readers = readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.retain_mut(|reader| reader.write(&message).is_ok_and(|length| length == message.len()));
    }
}

/// Head and whole body; `None` when there is no whole request.
fn request(stream: &mut TcpStream) -> anyhow::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")).map_or(Ok(0), |length| length.trim().parse())?;
            if end + 4 + length <= bytes.len() {
                let body = bytes.split_off(end + 4);
                return Ok(Some((bytes, body)));
            }
        }
        let length = stream.read(&mut buffer)?;
        if length == 0 || REQUEST_BYTES_MAX < bytes.len() {
            return Ok(None);
        }
        bytes.extend_from_slice(&buffer[..length]);
    }
}
