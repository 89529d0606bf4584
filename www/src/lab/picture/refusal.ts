/** Why a picture is not taken, told in the language in use when one asks: the notice stays while the language changes. */
export class Refusal extends Error {
  readonly tell: () => string;

  constructor(tell: () => string) {
    super(tell());
    this.tell = tell;
  }
}
