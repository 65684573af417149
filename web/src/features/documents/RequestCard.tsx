// The list of documents in a message that asks for them: how each stands, with the way to the message that brought it. The
// client chooses files for what is still needed; staff say what came in another way, or ask again.
import type { RequestedDocument } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { settle } from "../../realtime/client";
import { state } from "../../realtime/store";
import { mayAskDocuments } from "../../state/select";
import { Icon, type IconName } from "../../ui/Icon";
import { leaving, uploads } from "../files/uploads";
import { goTo } from "../messages/go-to";
import { RefusedAlteration } from "../messages/RefusedAlteration";
import { ChooseButton } from "./ChooseButton";
import { withWishes } from "./documents";

interface Props {
  readonly conversation: string;
  /** Of the message; none while it is not stored yet. */
  readonly seq: number | undefined;
  readonly list: readonly RequestedDocument[];
}

type Standing = "needed" | "inTray" | "leaving" | "answered" | "otherwise";

const WORDS: Readonly<Record<Standing, Key>> = {
  needed: "documents.needed",
  inTray: "documents.inTray",
  leaving: "documents.leaving",
  answered: "documents.answered",
  otherwise: "documents.otherwise",
};

const ICONS: Readonly<Record<Standing, IconName>> = {
  needed: "circle",
  inTray: "paperclip",
  leaving: "pending",
  answered: "check",
  otherwise: "check",
};

export function RequestCard({ conversation, seq, list }: Props) {
  const now = state.value;
  const held = now.conversations[conversation];
  const wanted = now.alterations.filter((a) => a.conversation === conversation && a.seq === seq && a.wish.type === "settle");
  const documents = withWishes(list, wanted);
  const done = documents.filter((one) => one.done).length;
  const settles = held !== undefined && mayAskDocuments(now, held);
  const answers = held !== undefined && !held.closed && held.client === now.me?.id;
  return (
    <div class="request">
      <p class="request-head">
        <Icon name="checklist" size={22} />
        <strong>{t("documents.list")}</strong>
        <span class="request-count">{t("documents.count", { done, all: documents.length })}</span>
      </p>
      <ul>
        {documents.map((document, i) => (
          <Row key={i} at={seq === undefined ? null : { conversation, seq, number: i + 1 }} document={document} settles={settles} answers={answers} />
        ))}
      </ul>
      {wanted.map((one) => one.text !== undefined && <RefusedAlteration key={one.request} alteration={one} />)}
    </div>
  );
}

interface At {
  readonly conversation: string;
  readonly seq: number;
  readonly number: number;
}

interface RowProps {
  /** Null while the message is not stored yet: nothing can be done with it. */
  readonly at: At | null;
  readonly document: RequestedDocument;
  readonly settles: boolean;
  readonly answers: boolean;
}

function Row({ at, document, settles, answers }: RowProps) {
  const { name, answer } = document;
  const standing = at ? standingOf(at, document) : "needed";
  const open = !document.done;
  const settling = t(open ? "documents.isReceived" : "documents.again");
  return (
    <li class={open ? "document" : "document done"}>
      <Icon name={ICONS[standing]} size={20} />
      <div class="document-body">
        <div class="document-words">
          <p class="document-name">{name}</p>
          <p class="document-state">
            <span>{t(WORDS[standing])}</span>
            {at && answer && (
              <button type="button" class="text-button" aria-label={`${t("documents.look")}: ${name}`} onClick={() => goTo(at.conversation, answer)}>
                {t("documents.look")}
              </button>
            )}
          </p>
        </div>
        {at && answers && open && standing !== "leaving" && <ChooseButton at={at} name={name} more={standing === "inTray"} />}
        {at && settles && (
          <button
            type="button"
            class="button small"
            aria-label={`${settling}: ${name}`}
            onClick={() => settle(at.conversation, at.seq, at.number, open)}
          >
            {settling}
          </button>
        )}
      </div>
    </li>
  );
}

function standingOf({ conversation, seq, number }: At, { done, answer }: RequestedDocument): Standing {
  if (done) return answer ? "answered" : "otherwise";
  const isFor = (content: { readonly replyTo?: number; readonly answers?: number }) => content.replyTo === seq && content.answers === number;
  const here = <T extends { readonly conversation: string }>(those: readonly T[]) => those.filter((one) => one.conversation === conversation);
  if (here(state.value.pending).some((one) => one.status !== "refused" && isFor(one))) return "leaving";
  if (here(leaving.value).some((one) => isFor(one.content))) return "leaving";
  return here(uploads.value).some(({ asked }) => asked?.seq === seq && asked.number === number) ? "inTray" : "needed";
}
