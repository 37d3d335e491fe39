//! The outlines that maps are drawn from; `data/README.md` says where they are from.

use std::sync::LazyLock;

use super::clip;
use super::projection::Projection;

const BYTES: &[u8] = include_bytes!("../../../data/outlines.bin");
/// How many steps of the file a degree has.
const STEPS_PER_DEGREE: f64 = 50.0;
/// A point at sea, opposite another one at sea: in a map centred there, land is land. Latitude and longitude.
const AT_SEA: (f64, f64) = (0.0, -30.0);

/// A point in degrees: longitude, latitude.
pub(super) type Degrees = (f64, f64);

/// Land and borders of the world.
pub(super) struct Outlines {
    /// Rings with land on their left.
    pub(super) land: Vec<Vec<Degrees>>,
    pub(super) borders: Vec<Vec<Degrees>>,
}

impl Outlines {
    /// The one copy, read when it is first asked for.
    pub(super) fn shared() -> &'static Self {
        static SHARED: LazyLock<Outlines> = LazyLock::new(|| {
            let mut file = File { rest: BYTES };
            Outlines { land: file.lines(), borders: file.lines() }
        });
        &SHARED
    }

    /// Whether a point far from any coast is on land.
    pub(super) fn is_land(&self, latitude: f64, longitude: f64) -> bool {
        let projection = Projection::centred(AT_SEA.0, AT_SEA.1, 1.0, f64::INFINITY);
        let point = projection.corner((longitude, latitude));
        let winds: i32 = self.land.iter().filter_map(|ring| projection.line(ring)).map(|ring| clip::winding(&ring, point)).sum();
        0 < winds
    }
}

/// The file, which is ours: `cargo xtask outlines` writes it, and a test reads it whole.
struct File {
    rest: &'static [u8],
}

impl File {
    fn lines(&mut self) -> Vec<Vec<Degrees>> {
        (0..self.number()).map(|_| self.line()).collect()
    }

    fn line(&mut self) -> Vec<Degrees> {
        let (mut longitude, mut latitude) = (0, 0);
        (0..self.number())
            .map(|_| {
                longitude += self.number();
                latitude += self.number();
                (f64::from(longitude) / STEPS_PER_DEGREE, f64::from(latitude) / STEPS_PER_DEGREE)
            })
            .collect()
    }

    /// Seven bits a byte, the lowest first; the sign is the lowest bit of all. 0 at the end of the file.
    fn number(&mut self) -> i32 {
        let (mut number, mut shift) = (0_u32, 0);
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}
