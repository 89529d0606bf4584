//! What is worn on body and legs, seen from the front.

use super::Figure;
use super::hand::Hand;
use super::path::{Path, Point, dot};

/// The right half of something with sleeves.
struct Top {
    /// Half the neck's width.
    neck: f32,
    /// How deep the neck is cut.
    cut: f32,
    /// Half the width of the shoulders.
    shoulder: f32,
    /// How far the shoulders fall.
    fall: f32,
    /// The sleeve's length, and where it points to.
    sleeve: f32,
    direction: Point,
    /// Across the sleeve.
    width: f32,
    /// Half the width below the arms, at the waist and at the hem.
    chest: f32,
    waist: f32,
    hem: f32,
    above: f32,
    below: f32,
}

impl Top {
    /// The way from the shoulder along the sleeve, of length 1.
    fn along(&self) -> Point {
        let [x, y] = self.direction;
        let length = (x * x + y * y).sqrt();
        [x / length, y / length]
    }

    fn shoulder_tip(&self) -> Point {
        [self.shoulder, self.above + self.fall]
    }

    /// The two corners of the sleeve's end: outer, inner.
    fn cuff(&self, at: f32) -> [Point; 2] {
        let ([x, y], [from_x, from_y]) = (self.along(), self.shoulder_tip());
        let outer = [from_x + at * self.sleeve * x, from_y + at * self.sleeve * y];
        [outer, [outer[0] - self.width * y, outer[1] + self.width * x]]
    }

    fn armpit(&self) -> Point {
        [self.chest, self.above + self.fall + self.width * 1.1]
    }

    fn silhouette(&self) -> Path {
        let ([outer, inner], [pit_x, pit_y]) = (self.cuff(1.0), self.armpit());
        let [tip_x, tip_y] = self.shoulder_tip();
        let middle = (pit_y + self.below) / 2.0;
        Path::from(0.0, self.above + self.cut)
            .curve([self.neck, self.above + self.cut], [self.neck, self.above])
            .curve([(self.neck + tip_x) / 2.0, self.above + 0.3 * self.fall], [tip_x, tip_y])
            .line(outer[0], outer[1])
            .line(inner[0].max(pit_x.min(inner[0] + 0.02)), inner[1])
            .line(pit_x, pit_y)
            .curve([self.waist, middle], [self.hem, self.below])
            .line(0.0, self.below)
            .mirrored_to_the_left()
    }

    fn seams(&self) -> [Path; 2] {
        let ([tip_x, tip_y], [pit_x, pit_y]) = (self.shoulder_tip(), self.armpit());
        let seam = Path::from(tip_x - 0.04, tip_y).curve([pit_x - 0.06, (tip_y + pit_y) / 2.0], [pit_x, pit_y]);
        [seam.flipped(), seam]
    }

    fn cuffs(&self, at: f32) -> [Path; 2] {
        let [outer, inner] = self.cuff(at);
        let line = Path::from(outer[0], outer[1]).line(inner[0], inner[1]);
        [line.flipped(), line]
    }

    fn neckline(&self, lower: f32) -> Path {
        let y = self.above + self.cut + lower;
        let right = [self.neck + lower * 0.7, self.above + 0.02];
        Path::from(-right[0], right[1]).curve([-right[0], y], [0.0, y]).curve([right[0], y], right)
    }

    /// Across the body, this far above the hem.
    fn hem_line(&self, above: f32) -> Path {
        Path::from(-self.hem, self.below - above).line(self.hem, self.below - above)
    }

    /// Down the front.
    fn front(&self) -> Path {
        Path::from(0.0, self.above + self.cut).line(0.0, self.below)
    }

    /// `count` buttons down the front, beside the middle.
    fn buttons(&self, count: usize, aside: f32) -> Vec<Path> {
        let (from, to) = (self.above + self.cut + 0.15, self.below - 0.15);
        let step = (to - from) / count as f32;
        (0..count).map(|at| dot([aside, from + step * (at as f32 + 0.5)], 0.01).closed()).collect()
    }
}

pub(super) fn t_shirt(hand: &mut Hand) -> Figure {
    let chest = hand.between(0.46, 0.58);
    let top = Top {
        neck: hand.between(0.18, 0.3),
        cut: hand.between(0.08, 0.28),
        shoulder: chest + hand.between(0.02, 0.1),
        fall: hand.between(0.08, 0.18),
        sleeve: hand.between(0.34, 0.55),
        direction: [1.0, hand.between(0.5, 1.1)],
        width: hand.between(0.34, 0.44),
        chest,
        waist: chest - hand.between(0.0, 0.06),
        hem: chest + hand.between(-0.02, 0.06),
        above: -0.92,
        below: hand.between(0.8, 0.98),
    };
    let mut details: Vec<Path> = top.seams().into();
    details.extend([top.neckline(0.07), top.hem_line(0.08)]);
    Figure { areas: vec![(top.silhouette(), 1.0)], details, ..Figure::default() }
}

/// Long sleeves beside the body.
fn long_sleeved(hand: &mut Hand) -> Top {
    let chest = hand.between(0.42, 0.5);
    Top {
        neck: hand.between(0.16, 0.24),
        cut: hand.between(0.06, 0.16),
        shoulder: chest + hand.between(0.02, 0.08),
        fall: hand.between(0.1, 0.18),
        sleeve: hand.between(1.25, 1.5),
        direction: [hand.between(0.24, 0.5), 1.0],
        width: hand.between(0.24, 0.3),
        chest,
        waist: chest - hand.between(0.0, 0.05),
        hem: chest + hand.between(-0.03, 0.05),
        above: -0.9,
        below: hand.between(0.7, 0.88),
    }
}

pub(super) fn pullover(hand: &mut Hand) -> Figure {
    let top = long_sleeved(hand);
    let mut details: Vec<Path> = top.seams().into();
    details.extend([top.neckline(0.09), top.hem_line(0.13)]);
    details.extend(top.cuffs(0.9));
    if hand.chance(0.3) {
        let y = hand.between(-0.2, 0.3);
        details.extend([0.0, 0.16].map(|lower| Path::from(-top.chest, y + lower).line(top.chest, y + lower)));
    }
    Figure { areas: vec![(top.silhouette(), 1.0)], details, ..Figure::default() }
}

pub(super) fn coat(hand: &mut Hand) -> Figure {
    let mut top = long_sleeved(hand);
    (top.above, top.below) = (-0.86, hand.between(0.93, 1.0));
    top.cut = hand.between(0.1, 0.2);
    top.hem = top.chest + hand.between(0.02, 0.14);
    top.sleeve = hand.between(1.2, 1.4);
    let mut areas = vec![(top.silhouette(), 1.0)];
    let mut marks = vec![top.front()];
    let mut details: Vec<Path> = top.seams().into();
    let hood = hand.chance(0.35);
    if hood {
        let (wide, high) = (top.neck + hand.between(0.04, 0.12), hand.between(0.12, 0.2));
        let hood = Path::from(0.0, top.above - high)
            .curve([wide, top.above - high], [wide, top.above + 0.1])
            .line(0.0, top.above + top.cut + 0.06)
            .mirrored_to_the_left();
        marks.push(top.neckline(0.06));
        areas.push((hood, 0.8));
    } else {
        // Lapels.
        let (wide, deep) = (top.neck + hand.between(0.06, 0.14), hand.between(0.45, 0.75));
        let lapel =
            Path::from(top.neck, top.above).line(wide, top.above + deep * 0.55).line(0.02, top.above + deep + 0.1);
        marks.extend([lapel.flipped(), lapel]);
    }
    if hand.chance(0.6) {
        marks.extend(top.buttons(hand.one_of(&[3, 4, 5]), 0.09));
    }
    if hand.chance(0.6) {
        let (x, y) = (top.chest * 0.6, hand.between(0.2, 0.4));
        let pocket = Path::from(x - 0.11, y).line(x + 0.11, y - 0.04);
        details.extend([pocket.flipped(), pocket]);
    }
    if hand.chance(0.35) {
        let belt = hand.between(-0.02, 0.14);
        details.extend([0.0, 0.1].map(|lower| Path::from(-top.waist, belt + lower).line(top.waist, belt + lower)));
    }
    details.extend(top.cuffs(0.88));
    Figure { areas, marks, details, ..Figure::default() }
}

pub(super) fn shirt(hand: &mut Hand) -> Figure {
    let mut top = long_sleeved(hand);
    if hand.chance(0.3) {
        // Short sleeves.
        top.sleeve = hand.between(0.4, 0.6);
        top.direction = [1.0, hand.between(0.8, 1.3)];
        top.width = hand.between(0.3, 0.38);
    }
    top.cut = hand.between(0.06, 0.12);
    top.below = hand.between(0.8, 0.95);
    let aside = hand.between(0.0, 0.05);
    let mut marks = vec![top.front().map(|[x, y]| [x + aside, y])];
    marks.extend(top.buttons(hand.one_of(&[5, 6]), aside - 0.09));
    // The points of the collar, above and on the chest.
    let (point, deep) = (hand.between(0.1, 0.2), hand.between(0.22, 0.32));
    let collar = Path::from(0.01, top.above + top.cut + 0.04)
        .line(top.neck * 0.9, top.above - 0.08)
        .line(top.neck + 0.06, top.above + 0.02)
        .line(point + 0.06, top.above + deep);
    marks.extend([collar.clone().closed(), collar.flipped().closed()]);
    let mut details: Vec<Path> = top.seams().into();
    details.extend(top.cuffs(0.88));
    if hand.chance(0.5) {
        let (x, y, side) = (top.chest * 0.55, top.above + hand.between(0.5, 0.62), 0.13);
        details
            .push(Path::from(x - side, y).line(x + side, y).line(x + side, y + 0.22).line(x - side, y + 0.22).closed());
    }
    let areas = vec![(top.silhouette(), 1.0), (collar.clone(), 1.15), (collar.flipped(), 1.15)];
    Figure { areas, marks, details, ..Figure::default() }
}

pub(super) fn dress(hand: &mut Hand) -> Figure {
    let (shoulder, neck) = (hand.between(0.28, 0.36), hand.between(0.14, 0.22));
    let (cut, waist, hem) = (hand.between(0.1, 0.35), hand.between(0.2, 0.27), hand.between(0.36, 0.62));
    let (waist_y, below) = (hand.between(-0.3, -0.08), hand.between(0.9, 1.0));
    let chest = hand.between(0.26, 0.32);
    let above = -1.0;
    let mut path = Path::from(0.0, above + cut).curve([neck, above + cut], [neck, above]).line(shoulder, above + 0.05);
    if hand.chance(0.35) {
        // Short sleeves.
        let reach = hand.between(0.1, 0.2);
        path = path.line(shoulder + reach, above + 0.34).line(chest + 0.04, above + 0.42);
    } else {
        path = path.curve([chest - 0.08, above + 0.22], [chest, above + 0.42]);
    }
    let silhouette = path
        .curve([chest, waist_y - 0.1], [waist, waist_y])
        .curve([waist + 0.08, waist_y + 0.3], [hem, below])
        .curve([hem * 0.5, below + 0.05], [0.0, below + 0.04])
        .mirrored_to_the_left();
    let waistline = Path::from(-waist, waist_y).curve([0.0, waist_y + 0.05], [waist, waist_y]);
    let fold = |x: f32| Path::from(x * 0.4, waist_y + 0.15).line(x, below - 0.06);
    let details = vec![waistline, fold(hem * 0.5), fold(-hem * 0.5), fold(0.0)];
    Figure { areas: vec![(silhouette, 1.0)], details, ..Figure::default() }
}

pub(super) fn trouser(hand: &mut Hand) -> Figure {
    let (waist, hip) = (hand.between(0.28, 0.36), hand.between(0.36, 0.44));
    let (outer, inner) = (hand.between(0.4, 0.56), hand.between(0.1, 0.22));
    let (crotch, hip_y) = (hand.between(-0.4, -0.2), hand.between(-0.62, -0.5));
    let silhouette = Path::from(0.0, -0.98)
        .line(waist, -0.98)
        .curve([hip, -0.8], [hip, hip_y])
        .line(outer, 0.98)
        .line(inner, 0.98)
        .line(0.012, crotch)
        .line(0.0, crotch)
        .mirrored_to_the_left();
    let band = Path::from(-waist, -0.86).line(waist, -0.86);
    let fly = Path::from(0.0, -0.86).line(0.0, crotch);
    let pocket = Path::from(waist - 0.04, -0.82).curve([waist - 0.08, -0.66], [hip, hip_y - 0.04]);
    let crease = Path::from((hip + 0.02) * 0.55, crotch).line((outer + inner) / 2.0, 0.9);
    let mut details = vec![band, fly, pocket.flipped(), pocket];
    if hand.chance(0.4) {
        details.extend([crease.flipped(), crease]);
    }
    Figure { areas: vec![(silhouette, 1.0)], details, ..Figure::default() }
}
