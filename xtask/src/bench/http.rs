//! A client as small as a measurement needs: one connection, HTTP/1.1, one request at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};

/// No answer here takes longer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// One connection.
pub(super) struct Client {
    addr: SocketAddr,
    stream: BufReader<TcpStream>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        self.body.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

impl Client {
    pub(super) fn connect(addr: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(addr).with_context(|| format!("cannot connect to {addr}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Self { addr, stream: BufReader::new(stream) })
    }

    /// Asks and reads the whole answer. `headers` are whole lines, each ended.
    pub(super) fn get(&mut self, path: &str, headers: &str) -> anyhow::Result<Answer> {
        self.ask(path, headers)?;
        self.answer(path)
    }

    /// Sends a body and reads the whole answer.
    pub(super) fn post(&mut self, path: &str, body: &[u8]) -> anyhow::Result<Answer> {
        let mut request = format!("POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n", self.addr, body.len()).into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request)?;
        self.answer(path)
    }

    fn answer(&mut self, path: &str) -> anyhow::Result<Answer> {
        let (status, headers) = self.read_head()?;
        let mut answer = Answer { status, headers, body: Vec::new() };
        if status == 304 {
            return Ok(answer);
        }
        if let Some(length) = answer.header("content-length") {
            answer.body = vec![0; length.parse().with_context(|| format!("{path}: Content-Length {length:?}"))?];
            self.stream.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding").is_some() {
            self.read_chunks(&mut answer.body)?;
        } else {
            bail!("{path}: an answer without a length");
        }
        Ok(answer)
    }

    /// Asks, reads the head and leaves the body to the caller.
    pub(super) fn open(mut self, path: &str) -> anyhow::Result<BufReader<TcpStream>> {
        self.ask(path, "Accept: text/event-stream\r\n")?;
        let (status, _) = self.read_head()?;
        anyhow::ensure!(status == 200, "{path} answered {status}");
        Ok(self.stream)
    }

    fn ask(&mut self, path: &str, headers: &str) -> anyhow::Result<()> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.addr);
        Ok(self.stream.get_mut().write_all(request.as_bytes())?)
    }

    fn read_head(&mut self) -> anyhow::Result<(u16, Vec<(String, String)>)> {
        let first = self.read_line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).with_context(|| format!("not an answer: {first:?}"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.read_line()?;
            if line.is_empty() {
                return Ok((status, headers));
            }
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    fn read_line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        anyhow::ensure!(self.stream.read_line(&mut line)? > 0, "the server closed the connection");
        Ok(line.trim_end().to_owned())
    }

    fn read_chunks(&mut self, body: &mut Vec<u8>) -> anyhow::Result<()> {
        loop {
            let line = self.read_line()?;
            let length = usize::from_str_radix(&line, 16).with_context(|| format!("not the length of a chunk: {line:?}"))?;
            let from = body.len();
            body.resize(from + length, 0);
            self.stream.read_exact(&mut body[from..])?;
            self.read_line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }
}
