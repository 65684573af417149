// Messages with the words that were typed in the field above a list: under the conversations of that name.
import { useEffect, useState } from "preact/hooks";
import type { Found, Hit } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { fullTime, shortTime } from "../../i18n/time";
import { search } from "../../realtime/client";
import { state } from "../../realtime/store";
import { nameOf, titleOf } from "../../state/select";
import { goTo } from "../messages/go-to";
import { pieces } from "./excerpt";

const PAUSE = 250;
const SHORTEST = 2;

export function MessageHits({ sought }: { sought: string }) {
  const words = sought.trim();
  const organisation = state.value.organisations[0]?.id;
  const [found, setFound] = useState<{ readonly words: string; readonly answer: Found | null } | null>(null);
  useEffect(() => {
    if ([...words].length < SHORTEST) return setFound(null);
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = await search(words, organisation);
      if (wanted) setFound({ words, answer });
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [words, organisation]);
  if ([...words].length < SHORTEST) return null;
  const current = found?.words === words ? found : null;
  return (
    <section class="hits" aria-labelledby="hits-title">
      <h3 id="hits-title">{t("search.messages")}</h3>
      <p role="status" class="list-none">
        {!current ? t("search.busy") : !current.answer ? t("search.failed") : told(current.answer)}
      </p>
      {current?.answer && (
        <ul>
          {current.answer.hits.map((hit) => (
            <Line key={`${hit.conversation}-${hit.message.seq}`} hit={hit} found={current.answer as Found} words={words} />
          ))}
        </ul>
      )}
    </section>
  );
}

function told({ hits, more }: Found): string {
  if (hits.length === 0) return t("search.none");
  return more ? t("search.more", { count: hits.length }) : plural("search.found", hits.length);
}

function Line({ hit, found, words }: { hit: Hit; found: Found; words: string }) {
  const now = state.value;
  const held = now.conversations[hit.conversation];
  const at = new Date(hit.message.at);
  const sender = now.people[hit.message.sender] ?? found.people.find((person) => person.id === hit.message.sender);
  const who = hit.message.sender === now.me?.id ? t("messages.you") : sender ? nameOf(sender) : "";
  return (
    <li>
      <button type="button" class="item hit" onClick={() => goTo(hit.conversation, hit.message.seq)}>
        <span class="item-text">
          <span class="item-line">
            <span class="item-name">{held ? titleOf(now, held) : who}</span>
            <time class="item-time" dateTime={at.toISOString()} title={fullTime(at)}>
              {shortTime(at, new Date())}
            </time>
          </span>
          {who && <span class="item-role">{who}</span>}
          <span class="hit-words">
            {pieces(hit.message.body, words).map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}
          </span>
        </span>
      </button>
    </li>
  );
}
