//! Locator maps: where in the world a place is, as a drawing of a few hundred bytes.
//!
//! The map is centred on the place, in the azimuthal equidistant projection: what is as far away is drawn as far away, in
//! every direction, at the poles and across the antimeridian as anywhere. It has land, borders and a dot, all in
//! `currentColor`. Pure: the same place always gives the same drawing.
//!
//! A map is a picture of its own, `/maps/30.05,31.25.svg`: inside the page it would be a sixth of all its bytes.

mod clip;
mod outlines;
mod path;
mod projection;

use std::fmt;

use courant_news::Point;

use self::clip::Frame;
use self::outlines::Outlines;
use self::projection::Projection;

/// Width and height of the drawing, in its own units.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 200.0;
/// How many degrees of the earth the map is high, at first and when there is nothing to see so near.
const HEIGHTS_DEGREES: [f64; 4] = [24.0, 40.0, 70.0, 120.0];
/// How high a map of several places may be at most: with more, the other side of the world would be on it.
const HEIGHT_DEGREES_MAX: f64 = 200.0;
/// How far from the edge of the drawing the dots of several places stay, in its units.
const DOT_MARGIN: f64 = 14.0;
/// A map with fewer corners of land and borders, or with less land, tells nobody where it is: an island alone is a speck in any
/// sea. The land is counted at 64 points all over the map.
const CORNERS_MIN: usize = 24;
const LAND_POINTS_MIN: usize = 4;
/// The most bytes of the drawing's paths. What is compressed is about half.
const PATH_BYTES_MAX: usize = 4_800;
/// How far a line may be moved to save corners, in units of the drawing; made larger until the paths are short enough.
const TOLERANCE: f64 = 0.6;
/// Places nearer than this share a drawing, in parts of a degree: less than one unit of the drawing.
const STEPS_PER_DEGREE: f64 = 20.0;
/// Ink on light and on dark paper. A picture cannot take its colour from the page around it, but asks the reader's browser the
/// same question.
const INK: &str = "svg{color:#16181d}@media(prefers-color-scheme:dark){svg{color:#e8e6df}}";

/// What a map shows: one place, or several that must all be on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapView {
    points: Vec<MapCentre>,
}

/// A point to a twentieth of a degree, so that places side by side share a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct MapCentre {
    latitude: i32,
    longitude: i32,
}

impl MapView {
    /// The most places on one map.
    pub const POINTS_MAX: usize = 8;

    /// The map of these points; the first [`MapView::POINTS_MAX`] of them.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Self {
        let mut points: Vec<MapCentre> = points.into_iter().map(MapCentre::near).take(Self::POINTS_MAX).collect();
        points.sort_unstable();
        points.dedup();
        Self { points }
    }

    /// Reads `30.05,31.25` or `30.05,31.25_36.00,-5.60`: degrees north and east, southern points first. `None` for anything else, another
    /// way to write the same included, so that every map has one address.
    pub fn parse(name: &str) -> Option<Self> {
        let points = name.split('_').take(Self::POINTS_MAX + 1).map(MapCentre::parse).collect::<Option<Vec<_>>>()?;
        let is_canonical = points.len() <= Self::POINTS_MAX && points.is_sorted_by(|one, next| one < next);
        is_canonical.then_some(Self { points })
    }

    /// The address of the map, from the root.
    pub fn path(&self) -> String {
        let points: Vec<String> = self.points.iter().map(ToString::to_string).collect();
        format!("/maps/{}.svg", points.join("_"))
    }

    /// The map as a picture of its own. Takes about a millisecond.
    pub fn svg(&self) -> String {
        let (map, dots) = match self.points.as_slice() {
            [only] => (only.map(), vec![(0.0, 0.0)]),
            several => several_on_one(several),
        };
        let (land, borders) = map.paths();
        let dots = dots.iter().map(|(right, up)| {
            let (x, y) = (WIDTH / 2.0 + right, HEIGHT / 2.0 - up);
            format!(r#"<circle cx="{}" cy="{}" r="4" fill="currentColor"/>"#, tenths(x), tenths(y))
        });
        let dots = dots.collect::<Vec<_>>().concat();
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {0} {1}"><style>{}</style>"#,
                r#"<path fill="currentColor" opacity=".2" d="{}"/>"#,
                r#"<path fill="none" stroke="currentColor" opacity=".45" d="{}"/>"#,
                r#"{}</svg>"#
            ),
            WIDTH, HEIGHT, INK, land, borders, dots
        )
    }
}

/// The nearest map around the middle of several points that has them all, and where they are on it. Points that no map of ours has
/// together, since they lie around the globe, stay at its rim or beyond.
fn several_on_one(points: &[MapCentre]) -> (Map, Vec<Corner>) {
    let (latitude, longitude) = middle(points);
    let mut height = HEIGHTS_DEGREES[0];
    loop {
        let projection = Projection::centred(latitude, longitude, HEIGHT / height, FRAME.reach());
        let dots: Vec<Corner> = points
            .iter()
            .map(|point| {
                let (latitude, longitude) = point.degrees();
                projection.corner((longitude, latitude))
            })
            .collect();
        let fits = |(right, up): &Corner| right.abs() <= WIDTH / 2.0 - DOT_MARGIN && up.abs() <= HEIGHT / 2.0 - DOT_MARGIN;
        if dots.iter().all(fits) || HEIGHT_DEGREES_MAX <= height {
            return (Map::of(latitude, longitude, height), dots);
        }
        height = (height * 1.25).min(HEIGHT_DEGREES_MAX);
    }
}

/// The middle of points on the globe, in degrees north and east: that of the directions in which they lie from the centre of the earth.
fn middle(points: &[MapCentre]) -> (f64, f64) {
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for point in points {
        let (latitude, longitude) = point.degrees();
        let ((sin_north, cos_north), (sin_east, cos_east)) = (latitude.to_radians().sin_cos(), longitude.to_radians().sin_cos());
        x += cos_north * cos_east;
        y += cos_north * sin_east;
        z += sin_north;
    }
    (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

impl MapCentre {
    /// The centre nearest to a point.
    fn near(point: Point) -> Self {
        Self { latitude: steps(point.latitude), longitude: steps(point.longitude) }
    }

    fn parse(name: &str) -> Option<Self> {
        let (latitude, longitude) = name.split_once(',')?;
        let centre = Self::near(Point::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()?);
        (centre.to_string() == name).then_some(centre)
    }

    fn map(self) -> Map {
        let (latitude, longitude) = self.degrees();
        let mut map = Map::of(latitude, longitude, HEIGHTS_DEGREES[0]);
        for height in &HEIGHTS_DEGREES[1..] {
            if map.tells() {
                break;
            }
            map = Map::of(latitude, longitude, *height);
        }
        map
    }

    fn degrees(self) -> (f64, f64) {
        (f64::from(self.latitude) / STEPS_PER_DEGREE, f64::from(self.longitude) / STEPS_PER_DEGREE)
    }
}

impl fmt::Display for MapCentre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (latitude, longitude) = self.degrees();
        write!(f, "{latitude:.2},{longitude:.2}")
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
fn steps(degrees: f64) -> i32 {
    (degrees * STEPS_PER_DEGREE).round() as i32
}

/// The part of the drawing that is seen.
const FRAME: Frame = Frame { half_width: WIDTH / 2.0, half_height: HEIGHT / 2.0 };

/// A corner of a line, in units of the drawing from its middle: right and up.
type Corner = (f64, f64);

/// Land and borders inside the frame.
struct Map {
    land: Vec<Vec<Corner>>,
    borders: Vec<Vec<Corner>>,
}

impl Map {
    fn of(latitude: f64, longitude: f64, height_degrees: f64) -> Self {
        let outlines = Outlines::shared();
        let projection = Projection::centred(latitude, longitude, HEIGHT / height_degrees, FRAME.reach());
        let rings: Vec<Vec<Corner>> = outlines.land.iter().filter_map(|ring| projection.line(ring)).collect();
        let mut land: Vec<Vec<Corner>> = rings.iter().filter_map(|ring| FRAME.ring(ring)).collect();
        // Where the point opposite is on land, land is drawn inside out: the frame as one more ring sets that right.
        if is_inside_out(&rings, || outlines.is_land(latitude, longitude)) {
            land.push(FRAME.corners());
        }
        let borders = outlines.borders.iter().filter_map(|line| projection.line(line)).flat_map(|line| FRAME.parts(&line)).collect();
        Self { land, borders }
    }

    /// The paths of land and of borders, with as many corners as there is room for.
    fn paths(&self) -> (String, String) {
        let mut tolerance = TOLERANCE;
        loop {
            let (land, borders) = (path::of_rings(&self.land, tolerance), path::of_lines(&self.borders, tolerance));
            if land.len() + borders.len() <= PATH_BYTES_MAX || HEIGHT < tolerance {
                return (land, borders);
            }
            tolerance *= 1.25;
        }
    }

    /// Whether there is enough on the map to know the region by.
    fn tells(&self) -> bool {
        let n_corners: usize = self.land.iter().chain(&self.borders).map(Vec::len).sum();
        CORNERS_MIN <= n_corners && LAND_POINTS_MIN <= FRAME.samples().filter(|point| self.is_land(*point)).count()
    }

    fn is_land(&self, point: Corner) -> bool {
        0 < self.land.iter().map(|ring| clip::winding(ring, point)).sum::<i32>()
    }
}

/// Every ring has land on its left. So around a point that is on land the rings wind once more than around one at sea: 1 and
/// 0, or 0 and -1 when land reaches around the point opposite. When all points of the frame are alike, `is_land` tells which.
fn is_inside_out(rings: &[Vec<Corner>], is_land: impl FnOnce() -> bool) -> bool {
    for point in FRAME.samples() {
        match rings.iter().map(|ring| clip::winding(ring, point)).sum::<i32>() {
            0 => {}
            winds => return winds < 0,
        }
    }
    is_land()
}

#[cfg(test)]
mod tests;
