page-title = Visita
skip = Ves al contingut
quick-exit = Surt ràpid
quick-exit-hint = També podeu prémer tres vegades la tecla Esc.
text-size = Mida de la lletra
text-size-normal = Lletra normal
text-size-large = Lletra gran
text-size-largest = Lletra molt gran
continue = Continua
back = Torna enrere
change = Canvia-ho
try-again = Torna-ho a provar
start-over = Torna a començar

opening = Un moment, si us plau…

welcome-heading = Bon dia, { $name }
welcome-from = Us ho demana { $organisation }.
welcome-with = Us acompanya { $professional }.
welcome-paper = El paper d’avui
welcome-questions = { $count ->
    [0] No hi ha cap pregunta.
    [one] Us farem una pregunta.
   *[other] Us farem { $count } preguntes, d’una en una.
  }
welcome-read = Després podreu llegir el paper sencer.
welcome-decide = Al final decidiu vós: signar-lo, no signar-lo o pensar-vos-ho.
welcome-time = Preneu-vos el temps que vulgueu. Si no enteneu alguna cosa, pregunteu.
welcome-begin = Comencem

item-step = Pregunta { $index } de { $count }
item-consequence = Si dieu que no
item-consequence-object = Si no voleu que ho consultem
item-until = Val fins al { $date }.
item-notice = Llegiu l’avís sencer
item-choose = Trieu una resposta
item-missing = Abans de continuar, trieu una de les respostes. Totes són bones.
choice-grant = Sí, hi dono permís
choice-refuse = No hi dono permís
choice-defer = Ara no ho sé
choice-informed = Me n’han informat
choice-object = No vull que ho consulteu

review-heading = Això és el que heu decidit
review-none = No hi havia cap pregunta.
review-next = Ara posarem aquestes respostes al paper. Un cop fet, el paper ja no canvia.
review-prepare = Prepara el paper
preparing = Estem preparant el paper…

reading-heading = Llegiu el paper
reading-same = És exactament el paper que quedarà signat.
reading-code = Codi del paper
reading-as-text = Mostra’l com a text
reading-as-paper = Mostra’l com a paper
reading-page = Pàgina { $page } de { $pages }
reading-decide = Què voleu fer?
reading-loading = Estem obrint el paper…
sign = Ho signo
refuse = No ho signo
defer = M’ho vull pensar

method-heading = Com ho voleu signar?
method-equal = Totes valen igual.
method-missing = Abans de continuar, trieu com ho voleu signar.
method-drawn = Faig la meva signatura; només es desa el dibuix.
method-button = { $professional ->
    [none] Confirmo amb un botó.
   *[other] Confirmo amb un botó; { $professional } ha comprovat qui soc.
  }
method-dynamics = Faig la signatura i es desa també com la faig (ritme i pressió).
method-dynamics-more = Va xifrat; la clau la té { $custodian }, no { $organisation }; només s’obre en un peritatge. Podeu demanar que s’esborri.

ink-heading = Signeu aquí
ink-label = Espai per signar
ink-help = Amb el llapis o amb el dit. Tant si sou dretà com esquerrà.
ink-drawn-only = Només es desa el dibuix.
ink-dynamics = Es desa també el ritme i la pressió, xifrats per a { $custodian }.
ink-undo = Desfés l’últim traç
ink-clear = Esborra-ho tot
ink-other-way = Signa d’una altra manera
ink-missing = Encara no heu dibuixat res. Signeu dins del requadre o trieu una altra manera.
ink-some = Hi ha { $count ->
    [one] un traç dibuixat.
   *[other] { $count } traços dibuixats.
  }
ink-none = El requadre és buit.

button-heading = Confirmeu que ho signeu
button-statement = He llegit el paper «{ $title }» i hi estic d’acord.
button-statement-informed = He llegit el paper «{ $title }» i n’estic informat o informada.
button-checked = { $professional } ha comprovat qui sou.

leave-refused-heading = No ho voleu signar?
leave-refused-text = Hi teniu tot el dret. Quedarà constància que heu dit que no, i prou.
leave-deferred-heading = Us ho voleu pensar?
leave-deferred-text = Cap problema. Ho deixem com està i en podreu parlar un altre dia.
sending = Un moment, ho estem desant…

done-sealed = Segellat
done-sealed-text = El paper està signat i segellat. Ja no es pot canviar sense que es noti.
done-pending = Rebut
done-pending-text = El paper està signat i segellat. El segell de temps està pendent i s’hi afegirà tot sol.
done-kept = Què heu signat
done-code = Codi per comprovar el document
done-withdraw = Si heu donat permís per a alguna cosa, el podeu retirar quan vulgueu, tan fàcilment com ara.
done-end = Ja podeu tornar la tauleta. Gràcies.
answered-refused = D’acord: no ho heu signat
answered-refused-text = Ho hem apuntat. No heu de donar cap explicació.
answered-deferred = D’acord: us ho penseu
answered-deferred-text = No s’ha signat res. Quan vulgueu, ho tornem a mirar.

problem-reference = Si demaneu ajuda, digueu aquest codi:
problem-offline = S’ha perdut la connexió
problem-offline-text = El que heu fet continua aquí. Quan torni la connexió, premeu el botó i seguirem on érem.
problem-link = Aquest enllaç no obre res
problem-link-text = Demaneu a la persona que us acompanya que torni a obrir la visita.
problem-expired = Aquest enllaç ha caducat
problem-expired-text = No s’ha signat res. Demaneu a la persona que us acompanya que prepari una visita nova.
problem-used = Això ja està fet
problem-used-text = Aquest paper ja es va signar o contestar abans. No cal que feu res més.
problem-frozen = Les respostes ja són al paper
problem-frozen-text = Aquestes preguntes ja es van contestar d’una altra manera, i el paper ja no canvia. Si no hi esteu d’acord, digueu que us ho voleu pensar.
problem-stale = El paper ha canviat mentrestant
problem-stale-text = No s’ha signat res. Cal que llegiu la versió nova abans de decidir.
problem-digest = El paper no és el que havia de ser
problem-digest-text = El paper que ha arribat a la tauleta no és igual que el que s’havia preparat. Per això no us deixem signar-lo. No s’ha signat res. Si torna a passar, aviseu la persona que us acompanya.
problem-custody = La signatura no s’ha pogut recollir prou bé
problem-custody-text = Aquesta tauleta no ha pogut guardar el ritme i la pressió com cal. No s’ha signat res: trieu una altra manera, que val igual.
problem-unreadable = El paper no es pot mostrar
problem-unreadable-text = La tauleta no pot ensenyar aquest paper, i no us farem signar res que no hàgiu vist. Aviseu la persona que us acompanya.
problem-busy = El servei està molt ocupat
problem-busy-text = El que heu fet continua aquí. Espereu uns segons i torneu-ho a provar.
problem-server = El servei ha tingut un problema
problem-server-text = El que heu fet continua aquí. Torneu-ho a provar; si continua igual, aviseu la persona que us acompanya.
problem-refused = El servei no ho ha acceptat
problem-refused-text = No s’ha signat res. Aviseu la persona que us acompanya i digueu-li el codi de sota.
