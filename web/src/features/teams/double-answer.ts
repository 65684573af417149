// Keeps two of a team from answering the same question: who began to write before a colleague's answer came, is told so
// before theirs goes.
import { useRef, useState } from "preact/hooks";
import { state } from "../../realtime/store";
import { answersIn, nameOf } from "../../state/select";
import type { Held } from "../../state/state";

export interface Guard {
  /** Who answered meanwhile; shown until the person sends all the same, or empties the field. */
  readonly answered: string;
  readonly writing: (text: string) => void;
  /** Whether what is written may go now. */
  readonly maySend: () => boolean;
}

export function useDoubleAnswer(held: Held | undefined): Guard {
  const [answered, tell] = useState("");
  const began = useRef<number | null>(null);
  return {
    answered,
    writing(text) {
      if (text.trim()) began.current ??= held?.lastSeq ?? 0;
      else {
        began.current = null;
        tell("");
      }
    },
    maySend() {
      const now = state.peek();
      if (answered || !held || !answersIn(now, held)) return true;
      const theirs = held.messages.findLast(
        (m) => m.seq > (began.current ?? held.lastSeq) && m.sender !== now.me?.id && m.sender !== held.client,
      );
      if (!theirs) return true;
      const colleague = now.people[theirs.sender];
      tell(colleague ? nameOf(colleague) : "…");
      return false;
    },
  };
}
