// A connection that knows the rules of offers and answers (JSEP, RFC 8829) and nothing of networks: whether it is connected
// the test decides. Its descriptions are an origin line and one line for each part.

let made = 0;

interface Line {
  mid: string | null;
  direction: string;
  currentDirection: string | null;
  readonly kind: string;
  readonly sender: { track: { id: string } | null; replaceTrack: (track: { id: string } | null) => Promise<void> };
  readonly receiver: { readonly track: { readonly id: string } };
}

interface Description {
  readonly type: string;
  readonly sdp: string;
}

const sessionOf = (sdp: string) => /^o=- (\S+)/.exec(sdp)?.[1] ?? "";
const kindsOf = (sdp: string) => sdp.split("\n").slice(1).map((line) => line.replace("m=", ""));

export class Fake {
  readonly session = String(++made);
  readonly lines: Line[] = [];
  signalingState = "stable";
  connectionState = "new";
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: null }) => void) | null = null;
  restarts = 0;
  candidates = 0;
  closed = false;

  get remoteSession(): string {
    return sessionOf(this.remoteDescription?.sdp ?? "");
  }

  become(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  sent(): (string | undefined)[] {
    return this.lines.filter(({ direction }) => direction.startsWith("send")).map(({ sender }) => sender.track?.id);
  }

  addTransceiver(what: string | { id: string; kind?: string }, { direction }: { direction: string }): Line {
    const track = typeof what === "string" ? null : what;
    const sender: Line["sender"] = {
      track,
      replaceTrack: async (next) => {
        sender.track = next;
      },
    };
    Object.assign(sender, { getParameters: () => ({ encodings: [{}] }), setParameters: async () => {} });
    const kind = typeof what === "string" ? what : (what.kind ?? "video");
    const line: Line = { mid: null, direction, currentDirection: null, kind, sender, receiver: { track: { id: `${this.session}-${this.lines.length}` } } };
    this.lines.push(line);
    return line;
  }

  getTransceivers(): readonly Line[] {
    return this.lines;
  }

  async setLocalDescription(): Promise<void> {
    this.#check();
    const answers = this.signalingState === "have-remote-offer";
    this.lines.forEach((line, i) => (line.mid ??= String(i)));
    this.localDescription = { type: answers ? "answer" : "offer", sdp: [`o=- ${this.session}`, ...this.lines.map(({ kind }) => `m=${kind}`)].join("\n") };
    this.signalingState = answers ? "stable" : "have-local-offer";
  }

  async setRemoteDescription(description: Description): Promise<void> {
    this.#check();
    if (this.remoteDescription && sessionOf(description.sdp) !== this.remoteSession) throw new Error("another session");
    if (description.type === "answer" && this.signalingState !== "have-local-offer") throw new Error("no offer to answer");
    if (description.type === "offer") {
      const known = this.lines.filter(({ mid }) => mid !== null).length;
      kindsOf(description.sdp).slice(known).forEach((kind, i) => (this.addTransceiver(kind, { direction: "recvonly" }).mid = String(known + i)));
    }
    this.remoteDescription = description;
    this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
  }

  async addIceCandidate(): Promise<void> {
    this.candidates += 1;
  }

  setConfiguration(): void {
    this.#check();
  }

  restartIce(): void {
    this.restarts += 1;
  }

  close(): void {
    this.closed = true;
    this.signalingState = "closed";
  }

  #check(): void {
    if (this.closed) throw new Error("closed");
  }
}

export const asConnection = (fake: Fake): RTCPeerConnection => fake as unknown as RTCPeerConnection;
