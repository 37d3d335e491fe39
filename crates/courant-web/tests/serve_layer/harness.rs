//! A server on a free port, and a client that reads HTTP/1.1 byte by byte.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use courant_web::serve::{Hub, Limits, Operation, Options, PageCache, Running, Server, Site};

/// No reply in a test takes longer than this unless something hangs.
const READ_TIME_MAX: Duration = Duration::from_secs(5);

pub(crate) struct Served {
    pub(crate) running: Running,
    pub(crate) cache: Arc<PageCache>,
    pub(crate) hub: Arc<Hub>,
}

impl Served {
    pub(crate) fn addr(&self) -> SocketAddr {
        self.running.addr()
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.addr())
    }

    pub(crate) fn get(&self, target: &str, headers: &str) -> Reply {
        self.client().get(target, headers)
    }
}

pub(crate) fn serve(router: Router) -> Served {
    serve_with(router, Hub::new(0), |_| {})
}

pub(crate) fn serve_with(router: Router, hub: Arc<Hub>, change: impl FnOnce(&mut Limits)) -> Served {
    serve_as(router, hub, |options| change(&mut options.limits))
}

pub(crate) fn serve_as(router: Router, hub: Arc<Hub>, change: impl FnOnce(&mut Options)) -> Served {
    let cache = PageCache::new(16 << 20);
    let mut options = Options::new("127.0.0.1:0".parse().unwrap());
    options.operator = Some("127.0.0.1:0".parse().unwrap());
    options.clock = Some(|| jiff::Timestamp::UNIX_EPOCH);
    change(&mut options);
    let site = Site { router, cache: cache.clone(), hub: hub.clone(), private_paths: vec!["/private"], operation: Operation::default() };
    let running = Server::bind(options).unwrap().start(site).unwrap();
    Served { running, cache, hub }
}

pub(crate) struct Client {
    pub(crate) socket: TcpStream,
    read: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// By lower-case name; repeated headers joined with a comma. Without `date`.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Client {
    pub(crate) fn new(addr: SocketAddr) -> Self {
        let socket = TcpStream::connect(addr).unwrap();
        socket.set_read_timeout(Some(READ_TIME_MAX)).unwrap();
        socket.set_nodelay(true).unwrap();
        Self { socket, read: Vec::new() }
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.socket.write_all(bytes.as_ref()).unwrap();
    }

    /// `headers` are whole lines, such as `"Accept-Encoding: br\r\n"`.
    pub(crate) fn get(&mut self, target: &str, headers: &str) -> Reply {
        self.send(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));
        self.reply()
    }

    pub(crate) fn head(&mut self, target: &str, headers: &str) -> Reply {
        self.send(format!("HEAD {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));
        self.reply_to_head()
    }

    pub(crate) fn reply(&mut self) -> Reply {
        self.try_reply().unwrap()
    }

    pub(crate) fn try_reply(&mut self) -> io::Result<Reply> {
        let mut reply = self.read_head()?;
        if reply.header("transfer-encoding") == "chunked" {
            loop {
                let line = self.read_until(b"\r\n")?;
                let len = usize::from_str_radix(std::str::from_utf8(&line).unwrap().trim(), 16).unwrap();
                let chunk = self.read_exact(len + 2)?;
                reply.body.extend_from_slice(&chunk[..len]);
                if len == 0 {
                    break;
                }
            }
        } else if reply.status != 304 && reply.status != 204 {
            let len = reply.header("content-length").parse().unwrap();
            reply.body = self.read_exact(len)?;
        }
        Ok(reply)
    }

    pub(crate) fn reply_to_head(&mut self) -> Reply {
        self.read_head().unwrap()
    }

    pub(crate) fn read_head(&mut self) -> io::Result<Reply> {
        let head = String::from_utf8(self.read_until(b"\r\n\r\n")?).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = BTreeMap::<String, String>::new();
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            let known = headers.entry(name.to_ascii_lowercase()).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(value);
        }
        assert!(headers.remove("date").is_some(), "every reply is dated: {head}");
        Ok(Reply { status, headers, body: Vec::new() })
    }

    pub(crate) fn read_until(&mut self, end: &[u8]) -> io::Result<Vec<u8>> {
        loop {
            if let Some(at) = self.read.windows(end.len()).position(|window| window == end) {
                return Ok(self.read.drain(..at + end.len()).collect());
            }
            self.read_more()?;
        }
    }

    pub(crate) fn read_exact(&mut self, len: usize) -> io::Result<Vec<u8>> {
        while self.read.len() < len {
            self.read_more()?;
        }
        Ok(self.read.drain(..len).collect())
    }

    fn read_more(&mut self) -> io::Result<()> {
        let mut bytes = [0; 16 << 10];
        match self.socket.read(&mut bytes)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            len => {
                self.read.extend_from_slice(&bytes[..len]);
                Ok(())
            }
        }
    }

    /// True when the server has hung up, with nothing left to read.
    pub(crate) fn is_closed(&mut self) -> bool {
        assert!(self.read.is_empty(), "{:?}", String::from_utf8_lossy(&self.read));
        match self.read_more() {
            Err(error) => {
                matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset)
            }
            Ok(()) => panic!("more came: {:?}", String::from_utf8_lossy(&self.read)),
        }
    }
}
