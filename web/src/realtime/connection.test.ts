import { beforeEach, describe, expect, it } from "vitest";
import { Close, type ServerFrame } from "../api/protocol";
import { Connection, type Listener, type Socket } from "./connection";
import { waitBefore } from "./backoff";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: string[] = [];
  closedWith: number | undefined;
  readyState = 1;
  send(text: string): void {
    this.sent.push(text);
  }
  close(code?: number): void {
    this.closedWith = code;
  }
}

class FakeClock {
  now = 0;
  #timers: { at: number; run: () => void }[] = [];
  after = (ms: number, run: () => void) => {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((t) => t !== timer));
  };
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((t) => t !== next);
      next.run();
    }
    this.now = end;
  }
}

let clock: FakeClock;
let sockets: FakeSocket[];
let told: string[];
let online: boolean;
let connection: Connection;
const last = () => sockets.at(-1) as FakeSocket;

beforeEach(() => {
  clock = new FakeClock();
  sockets = [];
  told = [];
  online = true;
  const listener: Listener = {
    opened: () => told.push("opened"),
    heard: (frame: ServerFrame) => told.push(`heard ${frame.type}`),
    closed: () => told.push("closed"),
    ended: (why) => told.push(`ended ${why}`),
  };
  const open = () => {
    sockets.push(new FakeSocket());
    return last();
  };
  connection = new Connection({ open, random: () => 0.5, online: () => online, after: clock.after }, listener);
  connection.start();
});

describe("a line that works", () => {
  beforeEach(() => last().onopen?.());

  it("passes frames both ways", () => {
    connection.say({ type: "typing", conversation: "c" });
    last().onmessage?.({ data: '{"type":"pong"}' });
    expect(last().sent).toEqual(['{"type":"typing","conversation":"c"}']);
    expect(told).toEqual(["opened", "heard pong"]);
  });

  it("is asked for a sign of life after 25 quiet seconds", () => {
    clock.pass(24_000);
    expect(last().sent).toEqual([]);
    clock.pass(1_000);
    expect(last().sent).toEqual(['{"type":"ping"}']);
  });

  it("is not asked while it shows life", () => {
    for (let i = 0; i < 5; i++) {
      clock.pass(20_000);
      last().onmessage?.({ data: '{"type":"pong"}' });
    }
    expect(last().sent).toEqual([]);
  });

  it("that gives no sign of life is closed, and another one opened", () => {
    clock.pass(33_000);
    expect(sockets[0]?.closedWith).toBe(4000);
    expect(told.at(-1)).toBe("closed");
    clock.pass(1_000);
    expect(sockets).toHaveLength(2);
  });

  const send = { type: "send", id: "a", conversation: "c", body: "" } as const;
  const pings = () => last().sent.filter((text) => text === '{"type":"ping"}').length;

  it("that takes a message and says nothing is asked after four seconds, and closed after seven", () => {
    connection.say(send);
    clock.pass(3_900);
    expect(pings()).toBe(0);
    clock.pass(100);
    expect(pings()).toBe(1);
    clock.pass(3_000);
    expect(sockets[0]?.closedWith).toBe(4000);
  });

  it("that is closing is said nothing more, and not waited for longer than one that is dead", () => {
    last().readyState = 2;
    connection.say(send);
    expect(last().sent).toEqual([]);
    clock.pass(8_000);
    expect(sockets).toHaveLength(2);
    expect(told.slice(0, 2)).toEqual(["opened", "closed"]);
  });

  it("is found dead no later because more is written", () => {
    for (let i = 0; i < 3; i++) {
      connection.say(send);
      clock.pass(2_500);
    }
    expect(sockets[0]?.closedWith).toBe(4000);
  });

  it("that answers is left alone", () => {
    connection.say(send);
    clock.pass(200);
    last().onmessage?.({ data: '{"type":"ack"}' });
    clock.pass(24_000);
    expect(pings()).toBe(0);
  });

  it("is asked at once when the page wakes up", () => {
    connection.wake();
    expect(last().sent).toEqual(['{"type":"ping"}']);
    clock.pass(3_000);
    expect(sockets[0]?.closedWith).toBe(4000);
  });
});

describe("a line that is lost", () => {
  it("is opened again after a wait that grows", () => {
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      last().onclose?.({ code: 1006 });
      const before = sockets.length;
      const from = clock.now;
      while (sockets.length === before) clock.pass(10);
      waits.push(clock.now - from);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[4]).toBeGreaterThan((waits[0] ?? 0) * 8);
  });

  it("waits shortly again once the server has welcomed us", () => {
    for (let i = 0; i < 6; i++) {
      last().onclose?.({ code: 1006 });
      clock.pass(60_000);
    }
    last().onopen?.();
    connection.steady();
    last().onclose?.({ code: 1006 });
    const before = sockets.length;
    clock.pass(500);
    expect(sockets).toHaveLength(before + 1);
  });

  it("is opened at once when the network is back", () => {
    for (let i = 0; i < 6; i++) {
      last().onclose?.({ code: 1006 });
      if (i < 5) clock.pass(60_000);
    }
    const before = sockets.length;
    connection.wake();
    expect(sockets).toHaveLength(before + 1);
    clock.pass(60_000);
    expect(sockets).toHaveLength(before + 2);
  });

  it("is not tried while there is surely no network, and at once when there is", () => {
    online = false;
    last().onclose?.({ code: 1006 });
    clock.pass(50_000);
    connection.wake();
    expect(sockets).toHaveLength(1);
    online = true;
    connection.wake();
    expect(sockets).toHaveLength(2);
  });

  it("that never opens is given up after fifteen seconds", () => {
    clock.pass(16_000);
    expect(sockets).toHaveLength(2);
  });

  it("is not opened again after it was stopped", () => {
    connection.stop();
    clock.pass(120_000);
    expect(sockets).toHaveLength(1);
  });

  it("does not listen to a socket it has let go of", () => {
    const old = last();
    old.onopen?.();
    const { onmessage } = old;
    connection.stop();
    expect(old.onmessage).toBeNull();
    expect(onmessage).not.toBeNull();
  });
});

describe("the server's own codes", () => {
  describe("after a line that was welcomed", () => {
    beforeEach(() => {
      last().onopen?.();
      connection.steady();
    });
    const comeBack = () => {
      clock.pass(1_000);
      last().onopen?.();
    };

    it("an end is an end", () => {
      last().onclose?.({ code: Close.SIGNED_OUT });
      expect(told.at(-1)).toBe("ended signedOut");
    });

    it("the first refusal is doubted once: another page may have had a new cookie just then", () => {
      last().onclose?.({ code: 1006 });
      comeBack();
      last().onclose?.({ code: Close.SIGNED_OUT });
      expect(told.at(-1)).toBe("closed");
      comeBack();
      connection.steady();
      last().onclose?.({ code: Close.SIGNED_OUT });
      expect(told.at(-1)).toBe("ended signedOut");
    });

    it("the second is not", () => {
      last().onclose?.({ code: 1006 });
      comeBack();
      last().onclose?.({ code: Close.SIGNED_OUT });
      clock.pass(1_000);
      expect(sockets).toHaveLength(3);
      last().onopen?.();
      last().onclose?.({ code: Close.SIGNED_OUT });
      expect(told.at(-1)).toBe("ended signedOut");
    });
  });

  it.each([
    [Close.SIGNED_OUT, "ended signedOut"],
    [Close.UPGRADE, "ended outdated"],
    [Close.SECOND_FACTOR, "ended secondFactor"],
    [Close.LOCKED, "ended locked"],
  ])("%i ends it", (code, why) => {
    last().onopen?.();
    last().onclose?.({ code });
    clock.pass(120_000);
    expect(told.at(-1)).toBe(why);
    expect(sockets).toHaveLength(1);
  });

  it.each([Close.BEHIND, Close.RESTART, Close.TOO_SLOW, Close.MALFORMED])("%i leads to another try", (code) => {
    last().onopen?.();
    last().onclose?.({ code });
    clock.pass(1_000);
    expect(sockets).toHaveLength(2);
  });

  it("“too many” makes it wait long", () => {
    expect(waitBefore(0, Close.TOO_MANY, 0)).toBeGreaterThan(15_000);
  });
});

it("the wait is spread, and never above half a minute", () => {
  expect(waitBefore(3, 1006, 0)).toBeLessThan(waitBefore(3, 1006, 0.99));
  expect(waitBefore(99, 1006, 0.999)).toBeLessThanOrEqual(30_000);
});
