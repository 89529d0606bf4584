//! Lines and curves through points.

use super::hand::Hand;

/// A point, x to the right and y downwards.
pub(super) type Point = [f32; 2];

/// Segments that a curve becomes.
const CURVE: usize = 10;

/// How far along a line a hand goes between two slips.
const SLIP: f32 = 0.3;

/// Points joined by straight segments.
#[derive(Debug, Clone, Default)]
pub(super) struct Path(pub(super) Vec<Point>);

impl Path {
    pub(super) fn from(x: f32, y: f32) -> Self {
        Self(vec![[x, y]])
    }

    pub(super) fn line(mut self, x: f32, y: f32) -> Self {
        self.0.push([x, y]);
        self
    }

    /// A quadratic Bézier curve past `control`.
    pub(super) fn curve(mut self, control: Point, to: Point) -> Self {
        let from = self.last();
        self.0.extend((1..=CURVE).map(|step| {
            let t = step as f32 / CURVE as f32;
            let mix = |axis: usize| {
                (1.0 - t) * (1.0 - t) * from[axis] + 2.0 * t * (1.0 - t) * control[axis] + t * t * to[axis]
            };
            [mix(0), mix(1)]
        }));
        self
    }

    pub(super) fn last(&self) -> Point {
        self.0.last().copied().unwrap_or_default()
    }

    /// A closed figure whose right half this is, from the middle above to the middle below.
    pub(super) fn mirrored_to_the_left(mut self) -> Self {
        let left: Vec<Point> = self.0.iter().rev().map(|[x, y]| [-x, *y]).collect();
        self.0.extend(left);
        self
    }

    /// The same on the other side.
    pub(super) fn flipped(&self) -> Self {
        Self(self.0.iter().map(|[x, y]| [-x, *y]).collect())
    }

    pub(super) fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        Self(self.0.iter().map(|point| change(*point)).collect())
    }

    /// A closed path: its end joined with its beginning.
    pub(super) fn closed(mut self) -> Self {
        self.0.extend(self.0.first().copied());
        self
    }

    /// As a hand draws it that trembles by up to `amount`: away and back again along the way, and never quite straight.
    pub(super) fn trembling(&self, amount: f32, hand: &mut Hand) -> Self {
        let slip = |hand: &mut Hand| [hand.slip() * amount, hand.slip() * amount];
        let (mut before, mut after, mut gone) = (slip(hand), slip(hand), 0.0);
        let mut drawn = Vec::with_capacity(2 * self.0.len());
        for pair in self.0.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let length = distance(from, to);
            let steps = (length / SLIP * 3.0) as usize + 1;
            for step in 0..steps {
                let share = step as f32 / steps as f32;
                let point = mix(from, to, share);
                let off = mix(before, after, gone / SLIP);
                drawn.push([point[0] + off[0], point[1] + off[1]]);
                gone += length / steps as f32;
                if gone >= SLIP {
                    (before, after, gone) = (after, slip(hand), 0.0);
                }
            }
        }
        let last = self.last();
        drawn.push([last[0] + after[0], last[1] + after[1]]);
        Self(drawn)
    }
}

/// A small circle, of eight corners.
pub(super) fn dot([x, y]: Point, radius: f32) -> Path {
    // cos 45°
    let short = 0.707_106_77 * radius;
    let ring = [
        [radius, 0.0],
        [short, short],
        [0.0, radius],
        [-short, short],
        [-radius, 0.0],
        [-short, -short],
        [0.0, -radius],
        [short, -short],
    ];
    Path(ring.iter().map(|[dx, dy]| [x + dx, y + dy]).collect())
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    (dx * dx + dy * dy).sqrt()
}

pub(super) fn mix(a: Point, b: Point, share: f32) -> Point {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}
