//! What an operator sees while an import runs. Nothing when nobody looks: the bar needs a terminal.

use indicatif::{ProgressBar, ProgressStyle};

pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Of a known number of bytes, or of an unknown one for standard input.
    pub(super) fn of_bytes(n_bytes: Option<u64>) -> Self {
        match n_bytes {
            Some(n_bytes) => {
                let bar = ProgressBar::new(n_bytes);
                bar.set_style(style("{bar:30} {percent:>3} % {msg}, {elapsed} gone, {eta} left"));
                Self(bar)
            }
            None => {
                let bar = ProgressBar::new_spinner();
                bar.set_style(style("{spinner} {msg}, {elapsed} gone"));
                Self(bar)
            }
        }
    }

    /// Of a known number of entries that the projections apply.
    pub(super) fn of_entries(n_entries: u64) -> Self {
        let bar = ProgressBar::new(n_entries);
        bar.set_style(style("{bar:30} {percent:>3} % site and search, {eta} left"));
        Self(bar)
    }

    pub(super) fn show(&self, position: u64, n_stories: u64) {
        self.0.set_position(position);
        if n_stories.is_multiple_of(256) {
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate for people")]
            let rate = (n_stories as f64 / self.0.elapsed().as_secs_f64().max(0.001)) as u64;
            self.0.set_message(format!("{n_stories} stories, {rate} a second"));
        }
    }

    pub(super) fn done(&self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
