// What leaving a call means for the others: without staff a call is over.
import type { Call } from "../../api/protocol";
import { isStaffRole } from "../../state/select";

export interface Leaving {
  /** Who is in it, or waits. */
  readonly others: readonly string[];
  readonly ends: boolean;
}

/** `staff`: the person who leaves is staff there. */
export function leaving(call: Call, me: string, staff: boolean): Leaving {
  const seats = call.seats.filter((seat) => seat.person !== me);
  const isStaffThere = (person: string) => call.people.some(({ id, role }) => id === person && isStaffRole(role));
  const stays = seats.some((seat) => seat.state !== "waiting" && isStaffThere(seat.person));
  return { others: seats.map(({ person }) => person), ends: staff && !stays };
}
