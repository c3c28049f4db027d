"""Where the demo's bikes stand: quarters of ten towns at their real coordinates, and streets that are really there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quarter:
    """Around (`lat`, `lon`) within some 350 m; `postcode` and `streets` make addresses."""

    name: str
    lat: float
    lon: float
    postcode: str
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """`bikes` is how many the demo puts there; `dear` is the price level in percent of the usual one."""

    name: str
    bikes: int
    dear: int
    quarters: tuple[Quarter, ...]


def _quarter(name: str, lat: float, lon: float, postcode: str, streets: str) -> Quarter:
    return Quarter(name, lat, lon, postcode, tuple(streets.split(", ")))


TOWNS: tuple[Town, ...] = (
    Town(
        "Narbonne",
        44,
        90,
        (
            _quarter("Centre", 43.1843, 3.0042, "11100", "rue Droite, rue de l’Ancien Courrier, cours Mirabeau"),
            _quarter(
                "Bourg", 43.1812, 3.0031, "11100", "rue de l’Hôtel-Dieu, quai Victor-Hugo, boulevard du Docteur-Ferroul"
            ),
            _quarter("Gare", 43.1899, 3.0061, "11100", "boulevard Frédéric-Mistral, avenue Carnot, rue Chanzy"),
            _quarter("Saint-Jean", 43.1852, 3.0155, "11100", "avenue de Toulouse, rue de Cuxac, rue Marceau"),
        ),
    ),
    Town(
        "Montpellier",
        46,
        100,
        (
            _quarter("Écusson", 43.6112, 3.8767, "34000", "rue de l’Aiguillerie, rue Foch, rue de la Loge"),
            _quarter("Beaux-Arts", 43.6178, 3.8821, "34000", "rue Proudhon, rue Lakanal, avenue Saint-Lazare"),
            _quarter("Antigone", 43.6079, 3.8875, "34000", "allée Jules-Milhau, rue Léon-Blum, rue Poséidon"),
            _quarter(
                "Figuerolles", 43.6075, 3.8672, "34070", "rue du Faubourg-Figuerolles, rue Chaptal, rue Tour-Gayraud"
            ),
        ),
    ),
    Town(
        "Toulouse",
        48,
        100,
        (
            _quarter("Capitole", 43.6043, 1.4437, "31000", "rue du Taur, rue des Lois, rue Saint-Rome"),
            _quarter(
                "Saint-Cyprien",
                43.5985,
                1.4322,
                "31300",
                "rue de la République, rue Réclusane, allées Charles-de-Fitte",
            ),
            _quarter(
                "Saint-Aubin", 43.6068, 1.4546, "31000", "rue Riquet, rue de la Colombette, boulevard de Strasbourg"
            ),
            _quarter("Carmes", 43.5975, 1.4453, "31000", "rue des Filatiers, rue du Languedoc, rue Pharaon"),
            _quarter(
                "Minimes", 43.6199, 1.4355, "31200", "avenue des Minimes, rue du Caillou-Gris, avenue Honoré-Serres"
            ),
        ),
    ),
    Town(
        "Perpignan",
        34,
        88,
        (
            _quarter("Centre", 42.6990, 2.8954, "66000", "rue de la Loge, quai Vauban, rue des Marchands"),
            _quarter("Saint-Mathieu", 42.6952, 2.8931, "66000", "rue Grande-la-Réal, rue Foch, rue des Augustins"),
            _quarter(
                "Gare", 42.6965, 2.8829, "66000", "avenue du Général-de-Gaulle, rue Courteline, boulevard du Conflent"
            ),
        ),
    ),
    Town(
        "Bordeaux",
        46,
        108,
        (
            _quarter(
                "Saint-Pierre",
                44.8404,
                -0.5712,
                "33000",
                "rue Saint-Rémi, rue du Parlement-Saint-Pierre, rue des Faussets",
            ),
            _quarter("Chartrons", 44.8531, -0.5699, "33000", "rue Notre-Dame, cours Portal, rue Borie"),
            _quarter(
                "Saint-Michel", 44.8337, -0.5662, "33800", "rue Camille-Sauvageau, rue des Faures, rue Carpenteyre"
            ),
            _quarter("Bastide", 44.8411, -0.5571, "33100", "avenue Thiers, rue de la Benauge, rue Serr"),
        ),
    ),
    Town(
        "Lyon",
        48,
        110,
        (
            _quarter("Presqu’île", 45.7602, 4.8348, "69002", "rue Mercière, rue de la République, rue Victor-Hugo"),
            _quarter(
                "Croix-Rousse", 45.7746, 4.8301, "69004", "rue de Cuire, boulevard de la Croix-Rousse, rue d’Austerlitz"
            ),
            _quarter("Guillotière", 45.7551, 4.8437, "69007", "rue de Marseille, cours Gambetta, rue Paul-Bert"),
            _quarter("Brotteaux", 45.7678, 4.8551, "69006", "rue Tronchet, cours Vitton, rue Juliette-Récamier"),
        ),
    ),
    Town(
        "Nantes",
        40,
        102,
        (
            _quarter("Bouffay", 47.2148, -1.5531, "44000", "rue de la Juiverie, rue des Carmes, allée Flesselles"),
            _quarter("Graslin", 47.2130, -1.5626, "44000", "rue Crébillon, rue Scribe, rue Jean-Jacques-Rousseau"),
            _quarter("Talensac", 47.2215, -1.5577, "44000", "rue Talensac, rue Jeanne-d’Arc, rue Bel-Air"),
            _quarter(
                "Île de Nantes",
                47.2061,
                -1.5508,
                "44200",
                "boulevard de la Prairie-au-Duc, rue La Noue-Bras-de-Fer, rue Arthur-III",
            ),
        ),
    ),
    Town(
        "Strasbourg",
        42,
        104,
        (
            _quarter(
                "Petite France", 48.5806, 7.7412, "67000", "rue du Bain-aux-Plantes, rue des Dentelles, Grand’Rue"
            ),
            _quarter("Krutenau", 48.5800, 7.7577, "67000", "rue de Zurich, rue d’Austerlitz, rue Sainte-Madeleine"),
            _quarter(
                "Neudorf", 48.5689, 7.7583, "67100", "route du Polygone, avenue Jean-Jaurès, rue de Rathsamhausen"
            ),
            _quarter(
                "Contades", 48.5904, 7.7563, "67000", "avenue de la Paix, rue Schweighaeuser, allée de la Robertsau"
            ),
        ),
    ),
    Town(
        "Lille",
        36,
        100,
        (
            _quarter("Vieux-Lille", 50.6412, 3.0624, "59800", "rue de la Monnaie, rue Esquermoise, rue de Gand"),
            _quarter("Wazemmes", 50.6258, 3.0512, "59000", "rue Gambetta, rue des Sarrazins, rue Jules-Guesde"),
            _quarter("Vauban", 50.6330, 3.0459, "59000", "boulevard Vauban, rue Colbert, rue Solférino"),
        ),
    ),
    Town(
        "Paris",
        50,
        125,
        (
            _quarter("Canal Saint-Martin", 48.8722, 2.3648, "75010", "quai de Valmy, rue Bichat, rue de Lancry"),
            _quarter("Marais", 48.8589, 2.3613, "75004", "rue des Archives, rue Vieille-du-Temple, rue de Turenne"),
            _quarter(
                "Butte-aux-Cailles",
                48.8279,
                2.3512,
                "75013",
                "rue des Cinq-Diamants, rue Bobillot, rue de la Butte-aux-Cailles",
            ),
            _quarter("Batignolles", 48.8868, 2.3188, "75017", "rue des Dames, rue Legendre, rue des Moines"),
            _quarter("Belleville", 48.8719, 2.3826, "75020", "rue de Belleville, rue des Pyrénées, rue Jourdain"),
        ),
    ),
)
