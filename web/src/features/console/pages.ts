// The pages of administration by their address; the only way in to them.
import "./console.css";
import { Figures } from "./Figures";
import { LookPage } from "./LookPage";
import { OpenInvitations } from "./OpenInvitations";
import { OpeningTimes } from "./OpeningTimes";
import { People } from "./People";
import { Teams } from "./Teams";

export const PAGES_BY_PATH = {
  "/beheer/mensen": People,
  "/beheer/teams": Teams,
  "/beheer/uitnodigingen": OpenInvitations,
  "/beheer/openingstijden": OpeningTimes,
  "/beheer/uiterlijk": LookPage,
  "/beheer/cijfers": Figures,
};
