/** Texts of what one says of a photograph: how it is prepared, where its ground is, which part counts. In English. */
import type { Frame } from '../shapes';

/** The ways to prepare a picture, to choose from. */
export const recipes: Readonly<Record<string, string>> = {
  auto: 'Choose for me',
  photograph: 'As a photograph',
  'light-on-dark': 'As light on dark',
  sketch: 'As a sketch',
  exact: 'Exactly (28×28 only)',
};

/** How a picture was prepared. */
export const chosen: Readonly<Record<string, string>> = {
  photograph: 'prepared as a photograph',
  'light-on-dark': 'prepared as light on dark',
  sketch: 'prepared as a sketch',
  exact: 'taken pixel for pixel',
};

export const regionEn = {
  ground: 'Tap the ground',
  frame: 'Set a frame',
  aim: 'A place on the picture: arrow keys move it, Enter says that the ground is there, Escape leaves',
  aimHint: 'Tap the picture where its ground is. With keys: arrows move the ring, Enter takes it, Escape leaves.',
  frameHint: 'What is outside of the frame does not count. Drag it, or its edges; with keys, arrows move it, with Shift they resize it, Escape takes it away.',
  box: ([left, top, width, height]: Frame): string => `Frame: ${left / 10}% from the left, ${top / 10}% from the top, ${width / 10}% wide, ${height / 10}% high`,
  whole: 'The whole picture counts',
  tapped: 'The ground is where you tapped',
  forgotten: 'The ground is found again without you',
};
