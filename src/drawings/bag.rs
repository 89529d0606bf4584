//! Bags, seen from the front.

use super::Figure;
use super::hand::Hand;
use super::path::{Path, dot};

pub(super) fn bag(hand: &mut Hand) -> Figure {
    let (top, bottom) = (hand.between(0.6, 0.86), hand.between(0.72, 0.95));
    let (above, below) = (hand.between(-0.25, 0.0), hand.between(0.72, 0.9));
    let round = hand.between(0.04, 0.18);
    let body = Path::from(0.0, above)
        .line(top - round, above)
        .curve([top, above], [top, above + round])
        .line(bottom, below - round)
        .curve([bottom, below], [bottom - round, below])
        .line(0.0, below)
        .mirrored_to_the_left();
    let (reach, high) = (top * hand.between(0.35, 0.85), hand.between(0.5, 0.8));
    let peak = above - high;
    let handle = Path::from(-reach, above).curve([-reach, peak], [0.0, peak]).curve([reach, peak], [reach, above]);
    let mut marks = Vec::new();
    let mut details = Vec::new();
    if hand.chance(0.5) {
        let flap = above + (below - above) * hand.between(0.3, 0.6);
        details.push(
            Path::from(-top, above + 0.05)
                .curve([-top * 0.6, flap], [0.0, flap])
                .curve([top * 0.6, flap], [top, above + 0.05]),
        );
        marks.push(dot([0.0, flap], 0.03).closed());
    } else {
        let line = above + (below - above) * hand.between(0.15, 0.3);
        details.push(Path::from(-top, line).line(top, line));
        let pocket = [hand.between(0.25, 0.4), line + 0.16];
        details.push(
            Path::from(-pocket[0], pocket[1])
                .line(pocket[0], pocket[1])
                .line(pocket[0], below - 0.14)
                .line(-pocket[0], below - 0.14)
                .closed(),
        );
    }
    Figure { areas: vec![(body, 1.0)], straps: vec![handle], marks, details }
}
