//! XML out, one element a line.

use crate::html::is_unprintable;

/// Writes a document from its first element to its last.
pub(crate) struct Writer {
    out: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// A document that begins with its declaration.
    pub(crate) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// The document; every element that is still open is closed.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(name);
        }
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with words.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], words: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        escape(words, &mut self.out);
        self.end(name);
    }

    /// As [`Writer::leaf`], if there are words.
    pub(crate) fn maybe(&mut self, name: &'static str, attributes: &[(&str, &str)], words: Option<&str>) {
        if let Some(words) = words {
            self.leaf(name, attributes, words);
        }
    }

    /// Mark-up that is well formed already.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
        self.out.push('\n');
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }
}

/// Appends words without what XML 1.0 may not hold.
fn escape(words: &str, out: &mut String) {
    if words.contains(is_unprintable) {
        let printable: String = words.chars().filter(|letter| !is_unprintable(*letter)).collect();
        crate::html::escape(&printable, out);
    } else {
        crate::html::escape(words, out);
    }
}
