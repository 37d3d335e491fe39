//! Holds documents against the schemas of the IPTC, by xmllint.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Fails when a document is not valid by `schema`, a file of the IPTC's beside the repository. Says so when it or xmllint is
/// absent.
pub(crate) fn check_by_schema(schema: &str, standard: &str, documents: &[String]) {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("COURANT_DATA").map_or_else(beside, PathBuf::from).join("iptc-newsml-g2/xsd");
    if !folder.is_dir() {
        println!("skipped: ../shared/data is absent (iptc-newsml-g2)");
        return;
    }
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint is absent (Debian: libxml2-utils)");
        return;
    }
    let scratch = std::env::temp_dir().join(format!("courant-{schema}-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).unwrap();
    let paths = documents.iter().enumerate().map(|(document_idx, document)| {
        let path = scratch.join(format!("{document_idx}.xml"));
        std::fs::write(&path, document).unwrap();
        path
    });
    let paths: Vec<PathBuf> = paths.collect();
    let output = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(folder.join(schema)).args(&paths).output().unwrap();
    std::fs::remove_dir_all(&scratch).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let faults: Vec<&str> = said.lines().filter(|line| !line.ends_with(" validates")).take(20).collect();
    assert!(output.status.success(), "{}", faults.join("\n"));
    println!("{} documents are valid by {standard}", documents.len());
}
