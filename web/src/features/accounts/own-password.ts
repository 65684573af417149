// Whether who is signed in has a password of their own: who came by their organisation alone has none to be asked for.
import { useEffect, useState } from "preact/hooks";
import { loadSession } from "../../api/http";

export function useOwnPassword(): boolean {
  const [has, setHas] = useState(true);
  useEffect(() => void loadSession().then((session) => setHas(session.hasPassword), () => {}), []);
  return has;
}
