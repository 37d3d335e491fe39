//! PostgreSQL full-text search through psql: with a URI in temporary tables, else in a cluster of our own.
//!
//! The cluster lies in a temporary folder and listens on a socket in it only. It is stopped at the end; its tables stay for the
//! next run, until the folder is removed.

use std::fmt::Write;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use rustix::process::{getgid, getuid};

use super::queries::Queries;
use super::{MARKED, Missing, Row, TEN, Times};
use crate::bench::corpora::Corpus;
use crate::bench::process::{Process, have, read_within};
use crate::bench::{Bench, Peer};
use crate::run;

/// Loading a million stories and all queries take some minutes.
const TIMEOUT: Duration = Duration::from_mins(45);
const START_TIMEOUT: Duration = Duration::from_mins(1);
/// Where Debian puts the server's programs, in a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// The user of Debian's clusters. The server refuses to run as root.
const USER: &str = "postgres";
/// What a careful operator would set, and neither flushing nor vacuuming beside: nothing here is to last or to change.
const SETTINGS: [&str; 7] =
    ["listen_addresses=", "shared_buffers=1GB", "maintenance_work_mem=512MB", "work_mem=64MB", "jit=off", "fsync=off", "autovacuum=off"];

/// A server to ask.
struct Server {
    uri: String,
    /// Ours, and so the tables may stay.
    own: Option<Process>,
}

pub(super) fn load(bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<Result<(), Missing>> {
    let server = match server(bench)? {
        Ok(server) => server,
        Err(missing) => return Ok(Err(missing)),
    };
    if server.own.is_some() {
        psql(bench, &server.uri, &server.loading(bench, corpus, queries)?)?;
    }
    Ok(Ok(()))
}

pub(super) fn ask(bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<Result<Vec<Row>, Missing>> {
    let server = match server(bench)? {
        Ok(server) => server,
        Err(missing) => return Ok(Err(missing)),
    };
    let mut script = server.loading(bench, corpus, queries)?;
    script.push_str("\\o /dev/null\n\\timing on\n");
    for case in CASES {
        writeln!(script, "\\echo case {}", case.name)?;
        for query in queries.all() {
            script.push_str(&case.sql.replace("TABLE", &table(corpus)).replace("QUERY", query));
            script.push('\n');
        }
    }
    let said = psql(bench, &server.uri, &script)?;
    let times = |name: &str| times(&said, name, queries);
    Ok(Ok(vec![
        (format!("PostgreSQL, {TEN}"), Times { relevance: times("ten relevance")?, newest: times("ten newest")? }),
        (format!("PostgreSQL, {MARKED}"), Times { relevance: times("marked relevance")?, newest: times("marked newest")? }),
    ]))
}

struct Case {
    name: &'static str,
    sql: &'static str,
}

const CASES: [Case; 4] = [
    Case {
        name: "ten relevance",
        sql: "select id from TABLE, plainto_tsquery('english', 'QUERY') q where tsv @@ q order by ts_rank(tsv, q) desc limit 10;",
    },
    Case {
        name: "ten newest",
        sql: "select id from TABLE, plainto_tsquery('english', 'QUERY') q where tsv @@ q order by id desc limit 10;",
    },
    Case {
        name: "marked relevance",
        sql: "select headline, ts_headline('english', body, q) from (select headline, body, q from TABLE, \
              plainto_tsquery('english', 'QUERY') q where tsv @@ q order by ts_rank(tsv, q) desc limit 10) best;",
    },
    Case {
        name: "marked newest",
        sql: "select headline, ts_headline('english', body, q) from (select headline, body, q from TABLE, \
              plainto_tsquery('english', 'QUERY') q where tsv @@ q order by id desc limit 10) best;",
    },
];

fn table(corpus: &Corpus) -> String {
    format!("story_{}", corpus.slug.replace('-', "_"))
}

/// What psql timed after the line of this case, without the queries to warm up with.
fn times(said: &str, case: &str, queries: &Queries) -> anyhow::Result<Vec<f64>> {
    let line = format!("case {case}");
    let of_case = said.lines().skip_while(|said| *said != line).skip(1).take_while(|said| !said.starts_with("case "));
    let times: Vec<f64> =
        of_case.filter_map(|said| said.strip_prefix("Time: ")).filter_map(|rest| rest.split(' ').next()?.parse().ok()).collect();
    let n_asked = queries.all().count();
    anyhow::ensure!(times.len() == n_asked, "psql timed {} of {n_asked} queries", times.len());
    Ok(times[queries.warm.len()..].to_vec())
}

impl Server {
    /// What brings the stories in, unless they are there.
    fn loading(&self, bench: &Bench, corpus: &Corpus, queries: &Queries) -> anyhow::Result<String> {
        let (table, file) = (table(corpus), &queries.table);
        if self.own.is_some() {
            let there = psql(bench, &self.uri, &format!("\\pset tuples_only on\nselect to_regclass('{table}') is not null;\n"))?;
            if there.trim() == "t" {
                return Ok(String::new());
            }
        }
        let kind = if self.own.is_some() { "" } else { "temporary " };
        Ok(format!(
            "set client_min_messages = warning;\ndrop table if exists partial;\n\
             create {kind}table partial (id int generated always as identity primary key, headline text, body text,\n\
             tsv tsvector generated always as (setweight(to_tsvector('english', headline), 'A') || to_tsvector('english', body)) stored);\n\
             \\copy partial (headline, body) from '{}'\n\
             create index on partial using gin (tsv) with (fastupdate=off);\nvacuum analyze partial;\nalter table partial rename to {table};\n",
            file.display()
        ))
    }
}

/// Runs a script; it stops at the first error.
fn psql(bench: &Bench, uri: &str, script: &str) -> anyhow::Result<String> {
    let file = bench.folder.join("postgres.sql");
    fs::write(&file, script)?;
    let mut psql = run::command("psql");
    psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&file).arg(uri);
    read_within(&mut psql, TIMEOUT)
}

fn server(bench: &Bench) -> anyhow::Result<Result<Server, Missing>> {
    if let Some(why) = bench.options.left_out(Peer::Postgres) {
        return Ok(Err(Missing(why)));
    }
    if !have("psql", "postgresql-client") {
        return Ok(Err(Missing("psql is missing and could not be installed: `apt-get install postgresql-client`".to_owned())));
    }
    if let Some(uri) = &bench.options.postgres {
        return Ok(Ok(Server { uri: uri.clone(), own: None }));
    }
    let Some(programs) = programs() else {
        let why = format!("there is no server in {VERSIONS}: `apt-get install postgresql`, or name one with --postgres URI");
        return Ok(Err(Missing(why)));
    };
    let owner = if getuid().is_root() { owner_for_root()? } else { (getuid().as_raw(), getgid().as_raw()) };
    let folder = std::env::temp_dir().join(format!("courant-bench-postgres-{}", owner.0));
    if !folder.join("PG_VERSION").exists() {
        let mut initdb = as_owner(&programs.join("initdb"), owner);
        initdb.args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-U", USER, "-D"]).arg(&folder);
        read_within(&mut initdb, START_TIMEOUT)?;
        eprintln!("a PostgreSQL cluster was made in {}; remove the folder when it is no longer needed", folder.display());
    }
    let mut command = as_owner(&programs.join("postgres"), owner);
    command.arg("-D").arg(&folder).arg("-k").arg(&folder).stdout(Stdio::null()).stderr(Stdio::null());
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    let process = Process::start(&mut command)?;
    let uri = format!("postgresql:///{USER}?host={}&user={USER}", folder.display());
    let deadline = Instant::now() + START_TIMEOUT;
    while !is_ready(&uri) {
        anyhow::ensure!(Instant::now() < deadline, "the PostgreSQL server in {} does not answer", folder.display());
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(Ok(Server { uri, own: Some(process) }))
}

fn is_ready(uri: &str) -> bool {
    let mut psql = run::command("psql");
    psql.args(["-X", "-q", "-c", "select 1"]).arg(uri).stdout(Stdio::null()).stderr(Stdio::null());
    psql.status().is_ok_and(|status| status.success())
}

/// The programs of the newest version installed.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?;
    let newest = versions.flatten().filter_map(|version| version.file_name().to_str()?.parse::<u32>().ok()).max()?;
    let programs = Path::new(VERSIONS).join(newest.to_string()).join("bin");
    (programs.join("initdb").exists() && programs.join("postgres").exists()).then_some(programs)
}

/// The user and group numbers of Debian's own user.
fn owner_for_root() -> anyhow::Result<(u32, u32)> {
    let number = |option: &str| -> anyhow::Result<u32> {
        let said = run::read(run::command("id").args([option, USER]))?;
        said.trim().parse().with_context(|| format!("id {option} {USER} said {said:?}"))
    };
    Ok((number("-u")?, number("-g")?))
}

fn as_owner(program: &Path, (user, group): (u32, u32)) -> Command {
    let mut command = run::command(program);
    // The folder of the repository may be closed to that user.
    command.current_dir(std::env::temp_dir());
    if getuid().is_root() {
        command.uid(user).gid(group);
    }
    command
}
