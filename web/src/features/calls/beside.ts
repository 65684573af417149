// What stands over the call for a moment.
export type Beside = "devices" | "shortcuts" | "end" | null;
