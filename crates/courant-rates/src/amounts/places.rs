//! Cities that agencies print in a dateline without their country.

use super::family::Country;

impl Country {
    /// The country of a city that stands alone in datelines, whatever its case; `None` for any other.
    ///
    /// Source: AP Stylebook, *datelines* (cities that stand alone), and cities of the same kind that English wire copy prints so.
    pub fn of_dateline_city(city: &str) -> Option<Self> {
        let city = city.trim();
        let holds_it = |cities: &[&str]| cities.iter().any(|known| known.eq_ignore_ascii_case(city));
        CITIES.iter().find(|(_, cities)| holds_it(cities)).map(|&(country, _)| Self::literal(*country))
    }
}

const CITIES: &[(&[u8; 2], &[&str])] = &[
    (
        b"US",
        &[
            "Atlanta",
            "Baltimore",
            "Boston",
            "Chicago",
            "Cincinnati",
            "Cleveland",
            "Dallas",
            "Denver",
            "Detroit",
            "Honolulu",
            "Houston",
            "Indianapolis",
            "Las Vegas",
            "Los Angeles",
            "Miami",
            "Milwaukee",
            "Minneapolis",
            "New Orleans",
            "New York",
            "Oklahoma City",
            "Philadelphia",
            "Phoenix",
            "Pittsburgh",
            "St. Louis",
            "Salt Lake City",
            "San Antonio",
            "San Diego",
            "San Francisco",
            "Seattle",
            "Washington",
        ],
    ),
    (b"CA", &["Calgary", "Montreal", "Ottawa", "Quebec City", "Toronto", "Vancouver", "Winnipeg", "Edmonton"]),
    (b"AU", &["Sydney", "Melbourne", "Canberra", "Brisbane", "Perth", "Adelaide"]),
    (b"NZ", &["Wellington", "Auckland"]),
    (b"HK", &["Hong Kong"]),
    (b"SG", &["Singapore"]),
    (b"TW", &["Taipei"]),
    (b"GB", &["London", "Edinburgh"]),
    (b"IE", &["Dublin"]),
    (b"FR", &["Paris"]),
    (b"DE", &["Berlin", "Bonn", "Frankfurt", "Munich", "Hamburg", "Duesseldorf"]),
    (b"AT", &["Vienna"]),
    (b"CH", &["Zurich", "Geneva", "Berne", "Basle"]),
    (b"BE", &["Brussels"]),
    (b"LU", &["Luxembourg"]),
    (b"NL", &["Amsterdam", "The Hague", "Rotterdam"]),
    (b"IT", &["Rome", "Milan"]),
    (b"VA", &["Vatican City"]),
    (b"ES", &["Madrid", "Barcelona"]),
    (b"PT", &["Lisbon"]),
    (b"GR", &["Athens"]),
    (b"CY", &["Nicosia"]),
    (b"SE", &["Stockholm"]),
    (b"NO", &["Oslo"]),
    (b"DK", &["Copenhagen"]),
    (b"FI", &["Helsinki"]),
    (b"IS", &["Reykjavik"]),
    (b"PL", &["Warsaw"]),
    (b"CZ", &["Prague"]),
    (b"HU", &["Budapest"]),
    (b"RO", &["Bucharest"]),
    (b"BG", &["Sofia"]),
    (b"RU", &["Moscow", "St. Petersburg"]),
    (b"UA", &["Kyiv", "Kiev"]),
    (b"TR", &["Ankara", "Istanbul"]),
    (b"IL", &["Jerusalem", "Tel Aviv"]),
    (b"EG", &["Cairo"]),
    (b"LB", &["Beirut"]),
    (b"SY", &["Damascus"]),
    (b"IQ", &["Baghdad"]),
    (b"IR", &["Tehran"]),
    (b"KW", &["Kuwait", "Kuwait City"]),
    (b"SA", &["Riyadh", "Jeddah"]),
    (b"AE", &["Dubai", "Abu Dhabi"]),
    (b"DJ", &["Djibouti"]),
    (b"ZA", &["Johannesburg", "Cape Town", "Pretoria"]),
    (b"KE", &["Nairobi"]),
    (b"NG", &["Lagos"]),
    (b"IN", &["New Delhi", "Mumbai", "Bombay"]),
    (b"PK", &["Islamabad", "Karachi"]),
    (b"LK", &["Colombo"]),
    (b"BD", &["Dhaka"]),
    (b"TH", &["Bangkok"]),
    (b"ID", &["Jakarta"]),
    (b"MY", &["Kuala Lumpur"]),
    (b"PH", &["Manila"]),
    (b"CN", &["Beijing", "Peking", "Shanghai"]),
    (b"KR", &["Seoul"]),
    (b"JP", &["Tokyo", "Osaka"]),
    (b"MX", &["Mexico City"]),
    (b"GT", &["Guatemala City"]),
    (b"PA", &["Panama City"]),
    (b"CU", &["Havana"]),
    (b"BR", &["Brasilia", "Rio de Janeiro", "Sao Paulo"]),
    (b"AR", &["Buenos Aires"]),
    (b"CL", &["Santiago"]),
    (b"CO", &["Bogota"]),
    (b"VE", &["Caracas"]),
    (b"EC", &["Quito"]),
    (b"PE", &["Lima"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_that_stands_alone_has_a_country() {
        assert_eq!(Country::of_dateline_city("TORONTO").unwrap().as_str(), "CA");
        assert_eq!(Country::of_dateline_city(" Hong Kong ").unwrap().as_str(), "HK");
        assert_eq!(Country::of_dateline_city("Springfield"), None);
    }
}
