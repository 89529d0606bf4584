//! What is worn on the feet, seen from the side; the toe is on the left, as the data set has it, or for some on the right.

use super::Figure;
use super::hand::Hand;
use super::path::{Path, mix};

/// How many draw the toe on the right.
const TURNED: f32 = 0.15;

fn turned(figure: Figure, hand: &mut Hand) -> Figure {
    if !hand.chance(TURNED) {
        return figure;
    }
    let all = |paths: Vec<Path>| paths.iter().map(Path::flipped).collect();
    Figure {
        areas: figure.areas.iter().map(|(path, tone)| (path.flipped(), *tone)).collect(),
        straps: all(figure.straps),
        marks: all(figure.marks),
        details: all(figure.details),
    }
}

/// Short lines across the way from one point to another.
fn laces(from: [f32; 2], to: [f32; 2], count: usize, reach: f32) -> Vec<Path> {
    let place = |at: usize| mix(from, to, (at as f32 + 0.5) / count as f32);
    let lace = |[x, y]: [f32; 2]| Path::from(x - 0.02, y + 0.03).line(x + reach * 0.6, y + reach);
    (0..count).map(|at| lace(place(at))).collect()
}

pub(super) fn sneaker(hand: &mut Hand) -> Figure {
    let (opening, ankle) = (hand.between(-0.5, -0.34), hand.between(-0.42, -0.28));
    let (toe, vamp) = (hand.between(0.0, 0.16), hand.between(-0.02, 0.14));
    let (sole, bottom) = (hand.between(0.26, 0.32), hand.between(0.42, 0.5));
    let tongue = hand.between(0.05, 0.22);
    let upper = Path::from(-0.96, sole)
        .curve([-1.0, toe - 0.04], [-0.62, toe - 0.08])
        .curve([-0.2, vamp - 0.08], [tongue, opening])
        .line(tongue + 0.12, opening - 0.02)
        .curve([0.4, opening + 0.26], [0.72, ankle + 0.06])
        .curve([0.84, ankle - 0.02], [0.92, ankle])
        .curve([0.88, 0.0], [0.96, sole]);
    let outsole = Path::from(-0.98, sole)
        .line(0.97, sole)
        .curve([1.02, bottom], [0.9, bottom])
        .line(-0.8, bottom)
        .curve([-1.0, bottom], [-0.98, sole]);
    let mut details = laces([-0.42, toe - 0.16], [tongue - 0.02, opening + 0.08], hand.one_of(&[3, 4]), 0.16);
    details.push(Path::from(-0.94, sole).line(0.94, sole));
    details.push(Path::from(-0.6, toe - 0.06).curve([-0.5, 0.12], [-0.62, sole]));
    if hand.chance(0.5) {
        details.push(Path::from(-0.1, sole - 0.04).curve([0.3, 0.22], [0.62, ankle + 0.2]));
    }
    let figure = Figure { areas: vec![(upper, 1.0), (outsole, 0.7)], details, ..Figure::default() };
    turned(figure, hand)
}

pub(super) fn ankle_boot(hand: &mut Hand) -> Figure {
    let (shaft, front) = (hand.between(-0.98, -0.8), hand.between(0.02, 0.2));
    let (back, lean) = (hand.between(0.78, 0.9), hand.between(-0.06, 0.06));
    let (instep, toe) = (hand.between(0.0, 0.16), hand.between(0.36, 0.52));
    let (sole, heel) = (hand.between(0.66, 0.74), hand.between(0.84, 1.0));
    let heel_width = hand.between(0.26, 0.5);
    let upper = Path::from(-0.94, sole)
        .curve([-1.0, toe], [-0.6, toe - 0.06])
        .curve([-0.1, instep + 0.22], [front, instep - 0.14])
        .line(front + lean, shaft)
        .line(back + lean, shaft + 0.03)
        .curve([back - 0.08, 0.0], [back + 0.03, sole])
        .line(0.5, sole)
        .line(-0.94, sole);
    let bottom = Path::from(-0.95, sole)
        .line(back + 0.04, sole)
        .line(back + 0.02, heel)
        .line(back - heel_width, heel)
        .line(back - heel_width - 0.06, sole + 0.1)
        .line(-0.9, sole + 0.1);
    let mut details = vec![Path::from(-0.94, sole).line(back + 0.02, sole)];
    if hand.chance(0.5) {
        details.extend(laces([front - 0.3, instep + 0.14], [front + 0.03, shaft + 0.16], hand.one_of(&[4, 5]), 0.14));
    } else {
        // A zip along the shaft.
        let x = (front + back) / 2.0 + 0.06;
        details.push(Path::from(x + lean, shaft + 0.04).line(x - 0.02, sole - 0.14));
    }
    if hand.chance(0.4) {
        details.push(Path::from(front + lean, shaft + 0.14).line(back + lean, shaft + 0.16));
    }
    let figure = Figure { areas: vec![(upper, 1.0), (bottom, 0.7)], details, ..Figure::default() };
    turned(figure, hand)
}

pub(super) fn sandal(hand: &mut Hand) -> Figure {
    let heel = if hand.chance(0.5) { hand.between(0.3, 0.75) } else { hand.between(0.0, 0.08) };
    let (thick, front) = (hand.between(0.1, 0.18), hand.between(0.36, 0.44));
    // Where the foot stands: flat before the ball, then up to the heel.
    let stand = front - heel;
    let sole = Path::from(-0.96, front)
        .line(-0.4, front)
        .curve([0.0, front], [0.4, stand + 0.06])
        .line(0.92, stand)
        .line(0.92, stand + thick)
        .curve([0.5, stand + thick], [0.36, stand + thick + 0.06])
        .curve([0.0, front + thick], [-0.4, front + thick])
        .line(-0.92, front + thick);
    let mut areas = vec![(sole, 1.0)];
    if heel > 0.1 {
        let wide = hand.between(0.1, 0.3);
        let block = Path::from(0.92, stand)
            .line(0.92, front + thick)
            .line(0.92 - wide, front + thick)
            .line(0.9 - wide - 0.12, stand + 0.04);
        areas.push((block, 0.8));
    }
    let high = hand.between(0.42, 0.58);
    let at_toe = hand.between(-0.72, -0.55);
    // Over the toes.
    let mut straps = vec![
        Path::from(at_toe, front)
            .curve([at_toe + 0.16, front - high], [at_toe + 0.44, front - high * 0.4])
            .line(at_toe + 0.5, front),
    ];
    let ankle = stand - hand.between(0.4, 0.56) * (1.0 - 0.5 * heel);
    // Behind the heel, and around the ankle.
    straps.push(Path::from(0.86, stand).line(0.84, ankle));
    straps.push(
        Path::from(0.84, ankle)
            .curve([0.56, ankle - 0.1], [0.32, ankle + 0.06])
            .curve([0.54, ankle + 0.14], [0.84, ankle + 0.06]),
    );
    if hand.chance(0.7) {
        straps.push(Path::from(at_toe + 0.42, front - high * 0.4).curve([0.0, ankle + 0.2], [0.34, ankle + 0.06]));
    } else {
        straps.push(Path::from(0.32, ankle + 0.06).line(0.36, stand + 0.08));
    }
    turned(Figure { areas, straps, ..Figure::default() }, hand)
}
