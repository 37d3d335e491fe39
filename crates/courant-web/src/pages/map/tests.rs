use super::*;

/// A place and whether it is on land.
const PLACES: [(&str, f64, f64, bool); 16] = [
    ("Paris", 48.86, 2.35, true),
    ("Madrid", 40.42, -3.7, true),
    ("Taumarunui, opposite of Spain", -38.9, 175.3, true),
    ("Novosibirsk", 55.03, 82.92, true),
    ("Xi'an", 34.3, 108.9, true),
    ("Santa Rosa, opposite of China", -36.6, -64.3, true),
    ("Bilibino, beyond the pole of the antimeridian", 68.05, 166.4, true),
    ("Egvekinot, beside the antimeridian", 67.3, -178.5, true),
    ("Vanua Levu, beside the antimeridian", -16.6, 179.2, true),
    ("South Pole", -90.0, 0.0, true),
    ("Vostok", -78.46, 106.84, true),
    ("North Pole", 90.0, 0.0, false),
    ("in the Pacific, at the antimeridian", 0.5, 180.0, false),
    ("in the Pacific, opposite of Africa", 0.0, -160.0, false),
    ("in the Caspian", 42.0, 50.5, false),
    ("opposite of Paris", -48.86, -177.65, false),
];

fn winds(map: &Map, point: Corner) -> i32 {
    map.land.iter().map(|ring| clip::winding(ring, point)).sum()
}

#[test]
fn the_file_is_read_whole() {
    let outlines = Outlines::shared();
    let n_points = |lines: &[Vec<(f64, f64)>]| lines.iter().map(Vec::len).sum::<usize>();
    assert_eq!((outlines.land.len(), outlines.borders.len()), (126, 326));
    assert!(4_000 < n_points(&outlines.land) && 2_500 < n_points(&outlines.borders));
    for (longitude, latitude) in outlines.land.iter().chain(&outlines.borders).flatten() {
        assert!(longitude.abs() <= 180.0 && latitude.abs() <= 90.0, "{longitude} {latitude}");
    }
}

#[test]
fn land_is_land_everywhere_at_every_scale() {
    for (name, latitude, longitude, is_land) in PLACES {
        assert_eq!(Outlines::shared().is_land(latitude, longitude), is_land, "{name}");
        for height in HEIGHTS_DEGREES {
            let map = Map::of(latitude, longitude, height);
            assert_eq!(winds(&map, (0.0, 0.0)), i32::from(is_land), "{name} at {height} degrees");
        }
    }
}

#[test]
fn no_map_of_the_world_is_inside_out() {
    for latitude in (-90..=90).step_by(15) {
        for longitude in (-180..180).step_by(15) {
            let (latitude, longitude) = (f64::from(latitude), f64::from(longitude));
            let map = Map::of(latitude, longitude, 70.0);
            for point in FRAME.samples() {
                let winds = winds(&map, point);
                assert!((0..=1).contains(&winds), "{latitude} {longitude}: {winds} at {point:?}");
            }
        }
    }
}

#[test]
fn the_antimeridian_is_no_line() {
    // The same place from both sides of it: what is drawn differs by a tenth of a unit.
    for latitude in [-85.0, -17.0, 52.0, 66.0, 71.2] {
        let (east, west) = (Map::of(latitude, 179.999, 24.0), Map::of(latitude, -179.999, 24.0));
        let n_alike = FRAME.samples().filter(|point| winds(&east, *point) == winds(&west, *point)).count();
        assert!(62 <= n_alike, "{latitude}: {n_alike} of 64 points are alike");
    }
}

fn centre(latitude: f64, longitude: f64) -> MapView {
    MapView::of([Point::new(latitude, longitude).unwrap()])
}

#[test]
fn a_map_is_small_and_shows_something() {
    let mut largest = 0;
    for latitude in (-90..=90).step_by(10) {
        for longitude in (-180..180).step_by(20) {
            let svg = centre(f64::from(latitude), f64::from(longitude)).svg();
            let mut packed = Vec::new();
            let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
            brotli::BrotliCompress(&mut svg.as_bytes(), &mut packed, &params).unwrap();
            largest = largest.max(packed.len());
            assert!(svg.contains("d=\"M"), "nothing is seen from {latitude} {longitude}: {svg}");
        }
    }
    println!("the largest of 342 maps has {largest} bytes in brotli");
    assert!(largest <= 3_000, "the largest map has {largest} bytes in brotli");
}

#[test]
fn an_island_alone_is_shown_with_the_land_around_its_sea() {
    assert!(!Map::of(-18.14, 178.44, HEIGHTS_DEGREES[0]).tells(), "Fiji alone is specks");
    assert!(Map::of(-18.14, 178.44, HEIGHTS_DEGREES[2]).tells(), "with Australia and New Zealand it is known");
    assert!(Map::of(48.85, 2.35, HEIGHTS_DEGREES[0]).tells());
}

#[test]
fn every_map_has_one_address() {
    let tokyo = centre(35.6762, 139.6503);
    assert_eq!(tokyo.path(), "/maps/35.70,139.65.svg");
    assert_eq!(MapView::parse("35.70,139.65"), Some(tokyo));
    assert_eq!(centre(-0.01, -179.99).path(), "/maps/0.00,-180.00.svg");
    for wrong in [
        "",
        "35.7,139.65",
        "35.71,139.65",
        "-0.00,0.00",
        "91.00,0.00",
        "NaN,0.00",
        "35.70",
        "35.70,139.65,0",
        "35.70,139.65_",
        "35.70,139.65_35.70,139.65",
        "35.70,139.65_0.00,0.00",
    ] {
        assert_eq!(MapView::parse(wrong), None, "{wrong}");
    }
}

proptest::proptest! {
    #[test]
    fn every_point_of_the_earth_has_a_map(latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64) {
        let centre = centre(latitude, longitude);
        let svg = centre.svg();
        let path = centre.path();
        let name = path.trim_start_matches("/maps/").trim_end_matches(".svg");
        proptest::prop_assert_eq!(MapView::parse(name), Some(centre));
        proptest::prop_assert!(svg.len() <= PATH_BYTES_MAX + 600);
        proptest::prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}

#[test]
fn several_places_are_all_on_one_map() {
    let map = |points: &[(f64, f64)]| MapView::of(points.iter().map(|(latitude, longitude)| Point::new(*latitude, *longitude).unwrap()));
    let (luxor, madrid, sydney, tokyo, lima) = ((25.7, 32.65), (40.4, -3.7), (-33.85, 151.2), (35.7, 139.7), (-12.05, -77.05));
    let view = map(&[madrid, luxor, luxor]);
    assert_eq!(view, map(&[luxor, madrid]), "in whatever order, each once");
    assert_eq!(view.path(), "/maps/25.70,32.65_40.40,-3.70.svg");
    assert_eq!(MapView::parse("25.70,32.65_40.40,-3.70"), Some(view.clone()));
    assert_eq!(MapView::parse("40.40,-3.70_25.70,32.65"), None, "southern points first");
    for points in [&[luxor, madrid][..], &[luxor, madrid, sydney], &[tokyo, sydney], &[luxor, madrid, tokyo, sydney]] {
        let svg = map(points).svg();
        let inside = |attribute: &str, most: f64| {
            let values = svg.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap());
            values.filter(|value| (DOT_MARGIN..=most - DOT_MARGIN).contains(value)).count()
        };
        assert_eq!((inside("cx=\"", WIDTH), inside("cy=\"", HEIGHT)), (points.len(), points.len()), "{svg}");
        assert!(svg.contains("d=\"M") && !svg.contains("NaN"), "{svg}");
    }
    // All around the globe: no map of ours has them together, and none goes on for ever.
    assert!(map(&[luxor, madrid, tokyo, sydney, lima]).svg().contains("circle"));
    let many: Vec<_> = (0..20).map(|n| (f64::from(n), f64::from(n))).collect();
    assert_eq!(map(&many).svg().matches("<circle").count(), MapView::POINTS_MAX);
}
