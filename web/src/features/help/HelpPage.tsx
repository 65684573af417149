// The questions that people ask about the app, with their answers; and where to ask what does not stand there. Which they
// are follows from who asks; `gone`: without a line nobody waits to be known; `outside`: nobody signed in.
import { useEffect, useRef, useState } from "preact/hooks";
import { language, plural, t } from "../../i18n/text";
import { after, follow } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { isStaff, mayInvite, mayReviewRecoveries } from "../../state/select";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { SearchField } from "../../ui/SearchField";
import { useLatest, useSubmit } from "../../ui/submit";
import { openWith } from "../teams/open";
import "./help.css";
import { SupportLine } from "./SupportLine";
import { loadTexts, PLACE_NAMES, PLACES, shownFor, type Question, type Texts } from "./questions";

export function HelpPage({ gone, outside = false }: { gone: boolean; outside?: boolean }) {
  const [texts, setTexts] = useState<Texts | null>(null);
  const [sought, setSought] = useState("");
  const spoken = language.value;
  const { error, submit } = useLatest(async () => setTexts(await loadTexts(spoken)));
  useEffect(() => submit(), [spoken]);
  if (error) return <FormError error={error} />;
  if (!texts || (isLoading.value && !gone)) return <ListSkeleton />;
  const staff = isStaff(state.value);
  const Heading = outside ? "h2" : "h3";
  const reader = { staff, outside, invites: mayInvite(state.value), recovers: mayReviewRecoveries(state.value) };
  const parts = shownFor(texts, reader, sought);
  const count = parts.reduce((sum, { questions }) => sum + questions.length, 0);
  return (
    <div class="help">
      {outside ? <Emergency /> : !staff && <Now />}
      <SearchField label={t("help.search")} value={sought} onInput={setSought} />
      <p role="status" class={count === 0 ? "quiet" : "only-read"}>
        {count === 0 ? t("help.none") : plural("help.found", count)}
      </p>
      {parts.map(({ name, questions }) => (
        <section key={name} aria-labelledby={name}>
          <Heading id={name}>{t(name)}</Heading>
          {questions.map((one) => (
            <Answer key={one.id} question={one} open={sought !== "" && count <= 3} />
          ))}
        </section>
      ))}
      {outside ? <AskOutside /> : <Ask />}
    </div>
  );
}

/** Who looks for help may need it now. */
function Now() {
  return (
    <p class="notice">
      <Icon name="warning" size={22} />
      <span>
        {t("help.now")}{" "}
        <a href="/hulp-bij-nood" onClick={follow}>
          {t("menu.need")}
        </a>
      </span>
    </p>
  );
}

function Emergency() {
  return (
    <p class="notice">
      <Icon name="warning" size={22} />
      <span>
        {t("firstStart.emergency")} <a href="tel:112">{t("firstStart.call")}</a>
      </span>
    </p>
  );
}

function Answer({ question: { id, title, answer }, open }: { question: Question; open: boolean }) {
  const asked = after("/hulp/") === id;
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked) summary.current?.focus();
  }, [asked]);
  const place = PLACES[id];
  return (
    <details class="answer" open={open || asked}>
      <summary ref={summary}>{title}</summary>
      {answer.map((paragraph, i) => (
        <p key={i}>{paragraph}</p>
      ))}
      {place && (
        <a class="button small" href={place} onClick={follow}>
          {t(PLACE_NAMES[place])}
        </a>
      )}
    </details>
  );
}

function AskOutside() {
  return (
    <section class="help-ask" aria-labelledby="help-ask">
      <h2 id="help-ask">{t("help.notThere")}</h2>
      <SupportLine otherwise={t("help.askAnybody")} />
    </section>
  );
}

/** The way to client support. Of their own team nobody asks anything. */
function Ask() {
  const support = state.value.teams.find((team) => team.kind === "support" && !team.mine);
  const { error, busy, submit } = useSubmit(() => (support ? openWith(support.id) : Promise.resolve()));
  if (isStaff(state.value)) return <p class="quiet">{t("help.staffAsk")}</p>;
  return (
    <section class="help-ask" aria-labelledby="help-ask">
      <h3 id="help-ask">{t("help.notThere")}</h3>
      <p>{t(support ? "help.askSupport" : "help.askAnybody")}</p>
      <FormError error={error} />
      {support && (
        <button type="button" class="button primary" aria-disabled={busy} onClick={submit}>
          {t("help.ask", { team: support.name })}
        </button>
      )}
    </section>
  );
}
