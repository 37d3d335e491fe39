//! The outlines of land and borders that the site draws locator maps from, made from the npm package `world-atlas`.
//!
//! `world-atlas` (ISC) is Natural Earth (public domain) at 1:110 million as `TopoJSON`. What is written is a few kilobytes:
//! rings of land, land on their left, and lines of borders, each point as the step from the one before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::Value;

/// How many steps a degree has. At the equator one is 2.2 km, a quarter of what the source can tell apart.
const STEPS_PER_DEGREE: f64 = 50.0;
const WRITTEN: &str = "crates/courant-web/data/outlines.bin";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The unpacked package: the folder with land-110m.json and countries-110m.json.
    folder: PathBuf,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let land = Topology::read(&options.folder.join("land-110m.json"))?;
    let countries = Topology::read(&options.folder.join("countries-110m.json"))?;
    let rings = land.rings("land")?;
    let borders = countries.borders("countries")?;
    let mut bytes = Vec::new();
    for lines in [&rings, &borders] {
        put(&mut bytes, i64::try_from(lines.len())?);
        for line in lines {
            put_line(&mut bytes, line)?;
        }
    }
    std::fs::write(WRITTEN, &bytes).with_context(|| format!("cannot write {WRITTEN}; run this in the root of the repository"))?;
    let n_points = |lines: &[Line]| lines.iter().map(Vec::len).sum::<usize>();
    println!("{} rings of {} points, {} borders of {} points", rings.len(), n_points(&rings), borders.len(), n_points(&borders));
    println!("{WRITTEN}: {} bytes", bytes.len());
    Ok(())
}

/// Longitudes and latitudes in steps.
type Line = Vec<(i64, i64)>;

/// A file of `TopoJSON`: arcs that polygons share.
struct Topology {
    arcs: Vec<Line>,
    objects: Value,
}

impl Topology {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut topology: Value = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let pair = |value: &Value| Some((value[0].as_f64()?, value[1].as_f64()?));
        let transform = &topology["transform"];
        let (scale, origin) = pair(&transform["scale"]).zip(pair(&transform["translate"])).context("the topology has no transform")?;
        let mut arcs = Vec::new();
        for arc in topology["arcs"].as_array().context("the topology has no arcs")? {
            let (mut x, mut y, mut line) = (0.0, 0.0, Vec::new());
            for step in arc.as_array().into_iter().flatten() {
                let (dx, dy) = pair(step).context("a step of an arc is no pair")?;
                (x, y) = (x + dx, y + dy);
                line.push((steps(x * scale.0 + origin.0), steps(y * scale.1 + origin.1)));
            }
            arcs.push(line);
        }
        Ok(Self { arcs, objects: topology["objects"].take() })
    }

    /// The rings of an object, with land on the left. d3, whose convention `world-atlas` keeps, has it on the right.
    fn rings(&self, object: &str) -> anyhow::Result<Vec<Line>> {
        let mut rings = Vec::new();
        for polygon in self.polygons(object)?.values().flatten() {
            for ring in polygon {
                let mut line = self.joined(ring)?;
                line.dedup();
                ensure!(line.first() == line.last(), "a ring is not closed");
                line.reverse();
                if 4 <= line.len() {
                    rings.push(line);
                }
            }
        }
        Ok(rings)
    }

    /// The arcs between two countries.
    fn borders(&self, object: &str) -> anyhow::Result<Vec<Line>> {
        let mut n_users: BTreeMap<usize, usize> = BTreeMap::new();
        for polygons in self.polygons(object)?.values() {
            let used: std::collections::BTreeSet<usize> = polygons.iter().flatten().flatten().map(|arc| number(*arc)).collect();
            for arc in used {
                *n_users.entry(arc).or_default() += 1;
            }
        }
        let shared = n_users.into_iter().filter(|(_, n_users)| 1 < *n_users).map(|(arc, _)| arc);
        let mut borders: Vec<Line> = shared.map(|arc| self.arcs[arc].clone()).collect();
        borders.iter_mut().for_each(Vec::dedup);
        borders.retain(|border| 2 <= border.len());
        Ok(borders)
    }

    /// The polygons of each geometry of an object, as numbers of arcs; a negative one runs backwards.
    fn polygons(&self, object: &str) -> anyhow::Result<BTreeMap<usize, Vec<Vec<Vec<i64>>>>> {
        let geometries = self.objects[object]["geometries"].as_array().with_context(|| format!("the topology has no {object}"))?;
        let mut found = BTreeMap::new();
        for (idx, geometry) in geometries.iter().enumerate() {
            let arcs = geometry["arcs"].clone();
            let polygons = match geometry["type"].as_str() {
                Some("MultiPolygon") => serde_json::from_value(arcs)?,
                Some("Polygon") => vec![serde_json::from_value(arcs)?],
                other => bail!("a geometry of {object} is {other:?}, not a polygon"),
            };
            found.insert(idx, polygons);
        }
        Ok(found)
    }

    fn joined(&self, ring: &[i64]) -> anyhow::Result<Line> {
        let mut line = Line::new();
        for arc in ring {
            let mut points = self.arcs.get(number(*arc)).context("a ring names an arc that is not there")?.clone();
            if *arc < 0 {
                points.reverse();
            }
            line.extend(points.into_iter().skip(usize::from(!line.is_empty())));
        }
        Ok(line)
    }
}

fn number(arc: i64) -> usize {
    usize::try_from(if arc < 0 { !arc } else { arc }).expect("not negative")
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of the earth")]
fn steps(degrees: f64) -> i64 {
    (degrees * STEPS_PER_DEGREE).round() as i64
}

fn put_line(bytes: &mut Vec<u8>, line: &Line) -> anyhow::Result<()> {
    put(bytes, i64::try_from(line.len())?);
    let mut before = (0, 0);
    for point in line {
        put(bytes, point.0 - before.0);
        put(bytes, point.1 - before.1);
        before = *point;
    }
    Ok(())
}

/// Seven bits a byte, the lowest first; the sign is the lowest bit of all.
fn put(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = (number << 1 ^ number >> 63).cast_unsigned();
    while 0x7f < rest {
        bytes.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).expect("seven bits"));
}
