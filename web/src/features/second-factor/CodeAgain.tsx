// Asking who is signed in for a code once more. Who has passkeys alone has no app that makes codes: they are asked for a
// recovery code.
import { useEffect, useState } from "preact/hooks";
import { loadSecondFactor } from "../../api/second-factor";
import { CodeStep } from "./CodeStep";

interface Props {
  readonly action: string;
  readonly onCode: (code: string) => Promise<void>;
}

export function CodeAgain(props: Props) {
  const [app, setApp] = useState<boolean | null>(null);
  useEffect(() => void loadSecondFactor().then(({ on }) => setApp(on), () => setApp(true)), []);
  return app === null ? <span class="skeleton line" /> : <CodeStep {...props} recoveryOnly={!app} />;
}
