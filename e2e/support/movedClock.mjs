// Loaded before a program (`node --import`): its clock jumps back and forth by a day. Monotonic clocks are unchanged.
const day = 86_400_000;
let moved = 0;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + moved);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + moved;
  }
};

setInterval(() => {
  moved = moved === day ? -day : moved + day;
}, 300).unref();
