// What is the matter with one's own camera, microphone or screen, what to do about it, and that the call goes on without.
import type { TrackUse } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { USES } from "./engine/kinds";
import type { Problem } from "./engine/local";
import { problems, tryAgain } from "./own-media";

const WHAT: Readonly<Record<TrackUse, Key>> = { microphone: "calls.noMicrophone", camera: "calls.noCamera", screen: "calls.noScreen" };

const WHY: Readonly<Record<Problem, Key>> = {
  denied: "calls.problemDenied",
  system: "calls.problemSystem",
  none: "calls.problemNone",
  busy: "calls.problemBusy",
  insecure: "calls.problemInsecure",
  policy: "calls.problemPolicy",
  failed: "calls.problemFailed",
};

const HOPELESS: readonly Problem[] = ["insecure", "policy"];

export function Troubles() {
  const there = USES.flatMap((use) => {
    const problem = problems.value[use];
    return problem ? [{ use, problem }] : [];
  });
  return (
    <div class="troubles" role="alert">
      {there.map(({ use, problem }) => (
        <p key={use} class="trouble">
          <Icon name="warning" size={20} />
          <span>
            <strong>{t(WHAT[use])}</strong> {t(WHY[problem])}
          </span>
          {use !== "screen" && !HOPELESS.includes(problem) && (
            <button type="button" class="text-button" onClick={() => void tryAgain(use)}>
              {t("calls.tryAgain")}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
