"""What the pages say, in French and in English. The stand-in stands apart from the site's own message files."""

from payments.sandbox.json_types import JsonObject

Texts = dict[str, str]

FR: Texts = {
    "local": "Stripe local : aucun argent réel",
    "local_more": "Pour essayer : cette page remplace celle de Stripe sur cet ordinateur.",
    "pay_title": "Payer {amount}",
    "back": "Revenir à Bikeens",
    "card": "Carte bancaire",
    "email": "Adresse e-mail",
    "number": "Numéro de carte",
    "expiry": "Expiration",
    "expiry_hint": "MM / AA",
    "cvc": "Code de sécurité",
    "cvc_hint": "les 3 chiffres au dos",
    "name": "Nom sur la carte",
    "pay": "Payer {amount}",
    "hold": "Le montant est d’abord réservé sur votre carte. Il n’est débité que si la réservation est confirmée.",
    "saved": "En payant, vous autorisez Bikeens à garder cette carte pour la suite de la location (caution, retard).",
    "quantity": "Quantité : {quantity}",
    "total": "Total",
    "cards": "Cartes pour essayer",
    "cards_hint": "N’importe quelle date à venir, n’importe quel code.",
    "card_ok": "acceptée",
    "card_declined": "refusée",
    "card_funds": "solde insuffisant",
    "card_3ds": "demande la confirmation de la banque",
    "card_dispute": "payée, puis contestée",
    "fill": "Prendre",
    "problem": "Le paiement n’est pas passé",
    "check": "Il reste quelque chose à corriger",
    "check_more": "Regardez les champs marqués en rouge.",
    "bad_email": "Écrivez une adresse e-mail, par exemple camille@example.org.",
    "bad_number": "Ce numéro de carte n’est pas valable : vérifiez les chiffres.",
    "bad_expiry": "Écrivez-la ainsi : 09 / 29.",
    "past_expiry": "Cette carte est expirée.",
    "bad_cvc": "Écrivez les 3 chiffres au dos.",
    "bad_name": "Écrivez le nom qui figure sur la carte.",
    "generic_decline": "Votre carte a été refusée. Rien n’a été débité. Essayez une autre carte.",
    "insufficient_funds": "Le solde de votre carte ne suffit pas. Rien n’a été débité. Essayez une autre carte.",
    "expired_card": "Votre carte a expiré. Essayez une autre carte.",
    "incorrect_cvc": "Le code de sécurité n’est pas le bon. Vérifiez-le au dos de la carte.",
    "processing_error": "La banque n’a pas répondu. Rien n’a été débité. Réessayez dans un instant.",
    "test_mode_live_card": "C’est une vraie carte : ici, seules les cartes d’essai fonctionnent. Rien n’a été débité.",
    "authentication_failed": "Votre banque n’a pas confirmé que c’était vous. Rien n’a été débité. Essayez encore.",
    "gone_title": "Cette page de paiement est fermée",
    "gone_expired": "Le temps pour payer est passé. Rien n’a été débité.",
    "missing_title": "Page inconnue",
    "missing": "Cette adresse ne mène à rien, ou plus à rien.",
    "bank_title": "Votre banque vous demande confirmation",
    "bank_lead": "Confirmez le paiement de {amount} à Bikeens avec la carte qui finit par {last4}.",
    "bank_yes": "Confirmer",
    "bank_no": "Refuser",
    "bank_label": "Banque d’essai",
    "onboard_title": "Recevoir vos gains",
    "onboard_lead": "Stripe verse l’argent de vos locations. Il lui faut savoir qui vous êtes et où le verser.",
    "given_name": "Prénom",
    "surname": "Nom",
    "born": "Date de naissance",
    "address": "Adresse",
    "address_hint": "numéro et rue",
    "postal_code": "Code postal",
    "city": "Ville",
    "iban": "IBAN",
    "iban_hint": "Pour essayer : FR76 3000 6000 0112 3456 7890 189",
    "terms": "J’accepte que Stripe (ici, le Stripe local) tienne mon compte.",
    "continue": "Enregistrer et continuer",
    "fill_in": "Remplir pour essayer",
    "need_given_name": "Écrivez votre prénom.",
    "need_surname": "Écrivez votre nom.",
    "need_born": "Choisissez votre date de naissance.",
    "too_young": "Il faut avoir 18 ans.",
    "need_address": "Écrivez le numéro et la rue.",
    "need_postal_code": "Écrivez le code postal.",
    "need_city": "Écrivez la ville.",
    "bad_iban": "Cet IBAN n’est pas valable : vérifiez les chiffres.",
    "need_terms": "Cochez la case pour continuer.",
    "link_title": "Ce lien ne sert plus",
    "link_gone": "Un lien ne vaut que cinq minutes et une seule fois.",
    "link_again": "Reprendre avec un nouveau lien",
}
EN: Texts = {
    "local": "Local Stripe: no real money",
    "local_more": "For trying out: this page stands in for Stripe’s own on this computer.",
    "pay_title": "Pay {amount}",
    "back": "Back to Bikeens",
    "card": "Bank card",
    "email": "E-mail address",
    "number": "Card number",
    "expiry": "Expiry",
    "expiry_hint": "MM / YY",
    "cvc": "Security code",
    "cvc_hint": "the 3 digits on the back",
    "name": "Name on the card",
    "pay": "Pay {amount}",
    "hold": "The amount is first set aside on your card. It is charged only when the booking is confirmed.",
    "saved": "By paying, you let Bikeens keep this card for the rest of this rental (deposit, late return).",
    "quantity": "Quantity: {quantity}",
    "total": "Total",
    "cards": "Cards for trying out",
    "cards_hint": "Any date to come, any code.",
    "card_ok": "accepted",
    "card_declined": "declined",
    "card_funds": "insufficient funds",
    "card_3ds": "asks the bank to confirm",
    "card_dispute": "paid, then disputed",
    "fill": "Use",
    "problem": "The payment did not go through",
    "check": "Something is left to correct",
    "check_more": "Look at the fields marked in red.",
    "bad_email": "Write an e-mail address, such as camille@example.org.",
    "bad_number": "This card number is not valid: check the digits.",
    "bad_expiry": "Write it like this: 09 / 29.",
    "past_expiry": "This card has expired.",
    "bad_cvc": "Write the 3 digits on the back.",
    "bad_name": "Write the name that is on the card.",
    "generic_decline": "Your card was declined. Nothing was charged. Try another card.",
    "insufficient_funds": "Your card has insufficient funds. Nothing was charged. Try another card.",
    "expired_card": "Your card has expired. Try another card.",
    "incorrect_cvc": "The security code is not right. Check it on the back of the card.",
    "processing_error": "The bank did not answer. Nothing was charged. Try again in a moment.",
    "test_mode_live_card": "This is a real card: only test cards work here. Nothing was charged.",
    "authentication_failed": "Your bank did not confirm that it was you. Nothing was charged. Try again.",
    "gone_title": "This payment page is closed",
    "gone_expired": "The time to pay has run out. Nothing was charged.",
    "missing_title": "Unknown page",
    "missing": "This address leads nowhere, or no longer anywhere.",
    "bank_title": "Your bank asks you to confirm",
    "bank_lead": "Confirm the payment of {amount} to Bikeens with the card ending in {last4}.",
    "bank_yes": "Confirm",
    "bank_no": "Refuse",
    "bank_label": "Test bank",
    "onboard_title": "Receive your earnings",
    "onboard_lead": "Stripe pays out the money from your rentals. It has to know who you are and where to pay.",
    "given_name": "First name",
    "surname": "Last name",
    "born": "Date of birth",
    "address": "Address",
    "address_hint": "number and street",
    "postal_code": "Postcode",
    "city": "Town",
    "iban": "IBAN",
    "iban_hint": "For trying out: FR76 3000 6000 0112 3456 7890 189",
    "terms": "I agree that Stripe (here, the local Stripe) keeps my account.",
    "continue": "Save and continue",
    "fill_in": "Fill in to try",
    "need_given_name": "Write your first name.",
    "need_surname": "Write your last name.",
    "need_born": "Choose your date of birth.",
    "too_young": "You must be 18.",
    "need_address": "Write the number and the street.",
    "need_postal_code": "Write the postcode.",
    "need_city": "Write the town.",
    "bad_iban": "This IBAN is not valid: check the digits.",
    "need_terms": "Tick the box to continue.",
    "link_title": "This link has done its work",
    "link_gone": "A link works for five minutes and only once.",
    "link_again": "Continue with a new link",
}
LANGUAGES = {"fr": FR, "en": EN}
SYMBOLS = {"eur": "€", "gbp": "£", "usd": "$", "chf": "CHF"}


def language_of(wanted: object, accepted: str) -> str:
    """`fr` or `en`: the session's locale when it says one, else what the browser prefers."""
    if isinstance(wanted, str) and wanted[:2] in LANGUAGES:
        return wanted[:2]
    for part in accepted.split(","):
        if part.strip()[:2].lower() in LANGUAGES:
            return part.strip()[:2].lower()
    return "en"


def money(amount: int, currency: str, language: str) -> str:
    """`31,50 €` or `€31.50`."""
    symbol = SYMBOLS.get(currency, currency.upper())
    whole, cents = divmod(amount, 100)
    if language == "fr":
        return f"{whole:,}".replace(",", "\u202f") + f",{cents:02}\u00a0{symbol}"
    return f"{symbol}{whole:,}.{cents:02}"


def decline_text(texts: Texts, error: JsonObject) -> str:
    """The sentence for a refused card."""
    for key in (error.get("decline_code"), error.get("code")):
        if key == "payment_intent_authentication_failure":
            return texts["authentication_failed"]
        if isinstance(key, str) and key in texts and key != "card_declined":
            return texts[key]
    return texts["generic_decline"]
