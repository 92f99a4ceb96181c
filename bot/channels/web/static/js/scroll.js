// Keeps the newest message in sight while the person is at the end, and out of the way when they read above.

const NEAR = 80; // px from the end that still count as "at the end"

export class Scroll {
  /** `onMove(atEnd, nearTop)` after each scroll. */
  constructor(box, onMove) {
    Object.assign(this, { box, pinned: true, top: 0 });
    box.addEventListener("scroll", () => {
      // Only moving up lets go: what grows below must not count as having scrolled away.
      this.pinned = this.distance() < NEAR || (this.pinned && box.scrollTop >= this.top);
      this.top = box.scrollTop;
      onMove(this.pinned, box.scrollTop < 200);
    }, { passive: true });
    const grown = new ResizeObserver(() => this.pinned && this.toEnd());
    grown.observe(box);
    [...box.children].forEach((child) => grown.observe(child));
  }

  distance() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
  }

  toEnd(behavior = "instant") {
    this.pinned = true;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior });
  }

  /** Runs `change`, which adds something above, without moving what is being read. */
  keep(change) {
    const fromEnd = this.box.scrollHeight - this.box.scrollTop;
    change();
    this.box.scrollTop = this.box.scrollHeight - fromEnd;
  }
}
