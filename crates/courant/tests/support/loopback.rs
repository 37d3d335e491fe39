//! Others on loopback: what asks over HTTP is answered as it should be, late, broken, or without end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// A request. The names and values of its head are in lower case, its target is as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// What is answered.
#[derive(Clone)]
pub(crate) enum Reply {
    /// A document with more lines of head, and 304 to those who have its `ETag`.
    Document(Vec<u8>, String),
    /// A status with more lines of head.
    Status(u16, String),
    /// A document that ends before its length.
    CutOff(Vec<u8>),
    /// A few bytes now and then, for ever.
    Drips,
    /// This and then spaces without end.
    Floods(&'static str),
}

/// Answers every request that comes, each on a thread of its own.
pub(crate) fn listen(at: &str, answer: impl Fn(Request, TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind(at).unwrap();
    let address = listener.local_addr().unwrap();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = Arc::clone(&answer);
            // Whoever asked may have gone away, which is what some of the replies are for.
            std::thread::spawn(move || stream.and_then(|stream| answer(Request::read(&stream)?, stream)));
        }
    });
    address
}

impl Request {
    fn read(stream: &TcpStream) -> std::io::Result<Self> {
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        let mut first = head.split(' ');
        let (method, target) = (first.next().unwrap_or_default().to_owned(), first.next().unwrap_or_default().to_owned());
        let head = head.to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(Self { method, target, head, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

impl Reply {
    /// A document without more.
    pub(crate) fn plain(bytes: Vec<u8>) -> Self {
        Self::Document(bytes, String::new())
    }

    /// A document with an entity tag.
    pub(crate) fn tagged(bytes: Vec<u8>, etag: &str) -> Self {
        Self::Document(bytes, format!("ETag: {etag}\r\n"))
    }

    /// Answers a request.
    pub(crate) fn write(self, request: &Request, mut stream: TcpStream) -> std::io::Result<()> {
        match self {
            Self::Document(bytes, more) => {
                let etag = more.lines().find_map(|line| line.strip_prefix("ETag: "));
                if etag.is_some_and(|etag| request.head.contains(&format!("if-none-match: {etag}"))) {
                    return write!(stream, "HTTP/1.1 304 Not Modified\r\n{more}Connection: close\r\n\r\n");
                }
                write!(stream, "HTTP/1.1 200 OK\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n", bytes.len())?;
                stream.write_all(&bytes)
            }
            Self::Status(code, more) => write!(stream, "HTTP/1.1 {code} Such\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"),
            Self::CutOff(bytes) => {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len())?;
                stream.write_all(&bytes[..bytes.len() / 2])
            }
            Self::Drips => {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n")?;
                for _ in 0..600 {
                    stream.write_all(b" ")?;
                    std::thread::sleep(Duration::from_millis(50));
                }
                Ok(())
            }
            Self::Floods(start) => {
                write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{start}")?;
                for _ in 0..200 {
                    stream.write_all(&vec![b' '; 1 << 20])?;
                }
                Ok(())
            }
        }
    }
}
