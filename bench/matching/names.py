"""Names of seven groups, as people in England have them: lists, parts to compose rarer ones of, and other spellings.

Every list is sorted with the commonest first; `skewed` gives the first of a list far oftener than the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True)
class Skewed:
    """A list whose n-th word is about n times rarer than its first, as names are."""

    words: tuple[str, ...]
    weights: tuple[float, ...]


def skewed(words: Sequence[str]) -> Skewed:
    unique = tuple(dict.fromkeys(words))
    return Skewed(unique, tuple(accumulate(1 / (place + 4) for place in range(len(unique)))))


def composed(first: str, last: str) -> list[str]:
    """Every first part with every last part, in a mixed order."""
    firsts, lasts = first.split(), last.split()
    pairs = [(i * 7 + j * 11, one + other) for i, one in enumerate(firsts) for j, other in enumerate(lasts)]
    return [name for _, name in sorted(pairs)]


@dataclass(frozen=True)
class Group:
    """`share` of the population; how often a record spells a name by sound (`spelt`); pairs of letters that are then
    taken for one another (`sounds`)."""

    share: float
    women: Skewed
    men: Skewed
    surnames: Skewed
    spelt: float = 0.03
    sounds: tuple[tuple[str, str], ...] = ()
    second_women: tuple[str, ...] = ()
    second_men: tuple[str, ...] = ()
    second: float = 0.0
    feminine: tuple[tuple[str, str], ...] = field(default=())


_BRITISH = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green "
    "Hall Wood Jackson Clarke Harris Clark Lewis Turner Hill Cooper Morris Moore Ward Watson Baker Harrison Morgan "
    "Allen James Scott Phillips Parker Bennett Price Griffiths Kelly Murphy Byrne Doherty O'Connor O'Neill McCarthy "
    "Macdonald Stewart Reid Murray Fraser Young Mitchell Carter Bailey Shaw Marshall Cox Ellis Foster Gibson Chapman "
    "Webb Mason Hunt Palmer Holmes Mills Barnes Knight Butler Fisher Stone Rose Lane Walsh Ryan Doyle Nolan Quinn "
    "Pearce Hart Dixon Spencer Payne Pearson Wells Austin Newman Booth Nash Frost Marsh Goddard Tyler Pugh Rees Vaughan"
).split()
_BRITISH += composed(
    "Ash Brad Chat Dan East Fair Gran Hart Kings Lang Mill New Oak Pen Rad Stan Thorn Under Wal Whit Wood Brom Crow Hay "
    "Lin Mal Nor Red Sher Wins Bar Cran Elm Farn Hol",
    "ley ton field ford wood ham worth well by bourne shaw croft stead more land combe gate bury man wick",
)
_MUSLIM_MEN = (
    "Ali Ahmed Hassan Imran Usman Bilal Hamza Ibrahim Yusuf Omar Tariq Khalid Rashid Asif Faisal Nadeem Shahid Kamran "
    "Adnan Zubair Junaid Haroon Irfan Waqas Saqib Naveed Sajid Zahid Abdul Rahim Karim Jamal Shafiq Aziz Farooq Idris "
    "Ismail Sulaiman Dawud Musa Isa Ayaan Zayn Rayyan Mustafa Nasir Qasim Habib Salman Rizwan Arshad Iqbal Munir Latif"
)
_MUSLIM_WOMEN = (
    "Fatima Aisha Maryam Zainab Khadija Amina Sana Nadia Saima Shazia Rubina Nasreen Farah Hina Iqra Sadia Samina Uzma "
    "Tahira Shabana Yasmin Rukhsana Parveen Nusrat Salma Hafsa Sumaiya Safiya Ruqayyah Asma Bushra Naila Rabia Mehwish "
    "Anisa Farzana Halima Jamila Kulsum Laila Mahnoor Noreen Razia Shamim Tasnim Zara Inaya Anaya Alina Eshal Hoorain"
)

GROUPS: dict[str, Group] = {
    "british and irish": Group(
        0.52,
        skewed(
            (
                "Olivia Emily Sarah Emma Charlotte Amelia Sophie Jessica Laura Rebecca Chloe Grace Lucy Katie Hannah Elizabeth Susan "
                "Margaret Nicola Claire Amy Lauren Megan Georgia Ella Lily Mia Ava Isla Freya Poppy Daisy Evie Rosie Florence "
                "Catherine Jennifer Victoria Samantha Kelly Leanne Stacey Gemma Donna Tracey Julie Karen Alison Helen Joanne "
                "Patricia Christine Linda Angela Michelle Natalie Abigail Eleanor Alice Matilda Harriet Phoebe Imogen Zoe Holly "
                "Paige Courtney Jade Shannon Kayleigh Ciara Niamh Aoife Siobhan Bethany Molly Erin Scarlett Willow Ivy Ruby Elsie"
            ).split()
        ),
        skewed(
            (
                "James Oliver Thomas Jack George Daniel Harry William David Michael John Joshua Matthew Charlie Samuel Robert "
                "Christopher Andrew Paul Mark Stephen Richard Lee Ryan Luke Adam Jacob Alfie Noah Leo Oscar Archie Henry Theo Arthur "
                "Freddie Joseph Alexander Benjamin Edward Anthony Kevin Gary Craig Scott Dean Darren Jason Simon Peter Ian Neil "
                "Stuart Graham Keith Brian Nathan Connor Callum Liam Jamie Kieran Jordan Kyle Tyler Bradley Aaron Reece Toby Max "
                "Finley Logan Mason Ethan Isaac Lucas Harvey Jake Owen Dylan Rhys Sean Declan Patrick Gareth Hugh Ewan Angus"
            ).split()
        ),
        skewed(_BRITISH),
    ),
    "south asian muslim": Group(
        0.11,
        skewed(_MUSLIM_WOMEN.split()),
        skewed(_MUSLIM_MEN.split()),
        skewed(
            (
                "Khan Ahmed Hussain Ali Begum Akhtar Miah Iqbal Malik Mahmood Chowdhury Uddin Rahman Islam Shah Mirza Bibi Hassan "
                "Sheikh Qureshi Butt Raja Bashir Aziz Javed Anwar Rafiq Saeed Siddiqui Ansari Baig Bhatti Chaudhry Dar Hashmi Kazi "
                "Mughal Naqvi Nawaz Parvez Rehman Sarwar Talukdar Zaman Alam Haque Hoque Hossain Choudhury Kabir Karim Khatun Latif "
                "Mia Mannan Mustafa Patwary Quddus Rashid Salam Sultana Tahir Ullah Yaqub Younis Zaidi Abbasi Awan Gondal Janjua Khokhar"
            ).split()
        ),
        0.16,
        (("ee", "i"), ("oo", "u"), ("kh", "k"), ("q", "k"), ("z", "s"), ("sh", "s"), ("ai", "ay"), ("u", "o")),
        ("Begum", "Bibi", "Akhtar", "Khatun", "Parveen"),
        ("Mohammed", "Ahmed", "Abdul", "Ali"),
        0.4,
    ),
    "south asian sikh and hindu": Group(
        0.08,
        skewed(
            (
                "Priya Harpreet Manpreet Simran Jaspreet Anita Kavita Pooja Neha Rajinder Balwinder Kamaljit Sukhdeep Gurpreet Navdeep "
                "Amrit Kiran Meena Nisha Sunita Rekha Geeta Lakshmi Divya Anjali Deepa Ritu Sangeeta Usha Jyoti Bhavna Hetal Komal "
                "Parminder Ravinder Sandeep Satwinder Surinder Tejinder Mandeep Paramjit Aarti Ishika Diya Saanvi Ananya Riya Kavya"
            ).split()
        ),
        skewed(
            (
                "Gurpreet Harjit Rajesh Sunil Amit Sanjay Vijay Ravi Jaswinder Sukhwinder Balraj Manjit Kuldeep Hardeep Jagdeep Anil "
                "Ashok Dinesh Mukesh Nikhil Rohan Arjun Kishan Bhavesh Hitesh Jayesh Ketan Manoj Prakash Rakesh Suresh Vikram Ranjit "
                "Satnam Tejpal Amandeep Inderjit Lakhbir Narinder Pardeep Ramandeep Aarav Vihaan Krish Dev Karan Yash Aditya Kiran"
            ).split()
        ),
        skewed(
            (
                "Patel Singh Kaur Sharma Gill Sandhu Dhillon Shah Sidhu Kumar Grewal Mistry Bains Desai Dhaliwal Mehta Sahota Joshi Rai "
                "Atwal Chauhan Lal Parmar Solanki Johal Khera Uppal Virk Bhatt Trivedi Gupta Verma Reddy Nair Iyer Pillai Rao Das Roy "
                "Mukherjee Banerjee Chatterjee Sood Kapoor Malhotra Thakkar Vyas Gandhi Modi Amin Bassi Deol Hayer Kalsi Matharu Nijjar"
            ).split()
        ),
        0.08,
        (("ee", "i"), ("v", "w"), ("sh", "s"), ("aa", "a"), ("oo", "u"), ("dh", "d"), ("preet", "prit")),
        ("Kaur", "Ben", "Devi", "Kumari"),
        ("Singh", "Kumar", "Bhai"),
        0.45,
    ),
    "west african": Group(
        0.08,
        skewed(
            (
                "Blessing Grace Abena Ama Akosua Adwoa Efua Chioma Ngozi Ifeoma Adaeze Amara Chiamaka Nkechi Temitope Folake Yetunde "
                "Bukola Oluwaseun Omolara Adunni Abimbola Titilayo Funmilayo Mercy Comfort Patience Joy Esther Deborah Fatoumata "
                "Aminata Mariama Isatou Kadiatu Binta Awa Hawa Adjoa Yaa Serwaa Gifty Vida Favour Precious Kemi Simisola Ebele"
            ).split()
        ),
        skewed(
            (
                "Emmanuel Samuel Kwame Kofi Kwabena Yaw Kojo Chinedu Emeka Obinna Ikenna Uche Chukwuemeka Oluwatobi Babatunde Olumide "
                "Adebayo Ayodele Tunde Segun Femi Kunle Gbenga Wale Kayode Michael Daniel Joseph Isaac Ebenezer Mamadou Ousmane Ibrahima "
                "Lamin Alhaji Sorie Foday Nana Kwaku Kwesi Ekow Nnamdi Ifeanyi Chidi Tobenna Damilola Oluwafemi Opeyemi"
            ).split()
        ),
        skewed(
            [
                *(
                    "Mensah Owusu Boateng Okafor Adeyemi Appiah Asante Okoro Osei Agyemang Balogun Eze Okeke Nwosu Bello Kamara Sesay "
                    "Conteh Bangura Jalloh Diallo Traore Ceesay Jallow Touray Amoah Acheampong Antwi Addo Quaye Darko Frimpong Ofori Sarpong"
                ).split(),
                *composed(
                    "Ade Olu Ogun Oye Ola Aki Ayo Fola", "bayo wale yemi sanya niyi bode tola femi goke lana kunle dele"
                ),
                *composed("Nwa Oka Eze Ani Chukwu Obi Ugo", "chukwu for kwe ma eze nna gwu dike"),
            ]
        ),
        0.08,
        (("ch", "sh"), ("kw", "qu"), ("ou", "u"), ("ei", "ay"), ("ph", "f"), ("gb", "b"), ("oluwa", "olu")),
        ("Abiola", "Nkem", "Afia", "Ruth", "Mary", "Olajumoke"),
        ("Olu", "Chidi", "Kweku", "John", "Peter", "Olamide"),
        0.35,
    ),
    "east european": Group(
        0.09,
        skewed(
            (
                "Anna Katarzyna Agnieszka Małgorzata Joanna Monika Magdalena Aleksandra Zofia Julia Natalia Maja Zuzanna Ewelina Beata "
                "Dorota Justyna Karolina Maria Elena Andreea Ioana Mihaela Alina Gabriela Cristina Daniela Viktoria Ruta Egle Kristina "
                "Jurgita Ieva Inga Svetlana Olga Tatiana Oksana Nadezhda Ivana Petra Zsófia Eszter Hanna Wiktoria Lena Oliwia"
            ).split()
        ),
        skewed(
            (
                "Piotr Krzysztof Tomasz Andrzej Paweł Michał Marcin Jakub Adam Łukasz Grzegorz Mateusz Wojciech Zbigniew Jan Szymon "
                "Kacper Filip Antoni Dawid Andrei Ionut Alexandru Mihai Florin Bogdan Vasile Cristian Gheorghe Marius Tomas Mantas "
                "Darius Jonas Vytautas Igor Dmitri Sergei Oleksandr Ivan Petr Marek Lukáš Gábor László Zoltán Dominik Bartosz"
            ).split()
        ),
        skewed(
            [
                *(
                    "Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Popescu Ionescu Popa Dumitru Stan Radu Munteanu Rusu "
                    "Kazlauskas Petrauskas Ivanov Petrov Novák Horváth Nagy Kovács Szabó Tóth Shevchenko Bondarenko Kovalenko Georgiev"
                ).split(),
                *composed(
                    "Jankow Malin Pawlow Wiśn Kwiat Sad Lis Borow Ostrow Czar Zaw Grab",
                    "ski ewski czyk ak owicz iak nicki",
                ),
                *composed("Con Ion Mar Flor Bogd Vas Petr Stef", "escu eanu aru an oiu"),
            ]
        ),
        0.1,
        (("sz", "sh"), ("cz", "ch"), ("w", "v"), ("j", "y"), ("rz", "z"), ("y", "i"), ("ks", "x"), ("tz", "c")),
        ("Maria", "Anna", "Barbara"),
        ("Jan", "Stanisław", "Andrei"),
        0.1,
        (("ski", "ska"), ("cki", "cka"), ("kas", "kienė"), ("ov", "ova"), ("ák", "áková")),
    ),
    "arab and somali": Group(
        0.07,
        skewed(
            (
                "Fatuma Amina Halima Hodan Sahra Fadumo Ifrah Khadra Hibo Nimo Asha Ayaan Maryan Hawo Nour Layla Huda Rania Samira Noor "
                "Zahra Hanan Mona Salma Dalia Yasmine Iman Rasha Reem Lina Farida Souad Nawal Widad Abeer Ghada Sumaya Safia Deqa Ubah"
            ).split()
        ),
        skewed(
            (
                "Mohamed Abdi Ahmed Hassan Ali Omar Abdullahi Ibrahim Yusuf Mahad Liban Abdirahman Farah Khalid Mustafa Youssef Karim "
                "Hussein Samir Nabil Tarek Walid Ziad Jamal Rachid Hamid Said Bashir Mahmoud Khaled Adel Amir Anas Bilal Faris Guled "
                "Jama Mukhtar Nuur Sharif Warsame Zakaria Abdulkadir Abdifatah Osman Idris Elmi Dahir"
            ).split()
        ),
        skewed(
            (
                "Mohamed Ali Hassan Ahmed Abdi Ibrahim Hussein Omar Yusuf Farah Warsame Jama Osman Al-Masri Haddad El-Amin Al-Jaberi "
                "Nasser Saleh Mansour Khalil Hamdan Aden Duale Elmi Guled Hersi Ismail Jimale Nur Roble Samatar Shire Abukar Awale "
                "Bouzid Benali Cherif Mahmoud Suleiman Taha Othman Rahmani Zidane Al-Hashimi Al-Sayed Barre Egal Dirie"
            ).split()
        ),
        0.16,
        (("ou", "u"), ("ee", "i"), ("kh", "k"), ("ei", "ai"), ("q", "k"), ("x", "h"), ("uu", "u"), ("dh", "d")),
        ("Mohamed", "Ali", "Hassan", "Ahmed", "Abdi"),
        ("Mohamed", "Ali", "Hassan", "Ahmed", "Abdi"),
        0.5,
    ),
    "chinese and vietnamese": Group(
        0.05,
        skewed(
            composed(
                "Xiao Mei Li Hui Yan Jia Ying Xin Thi Wai Ka Suk",
                "ling hua fang yan min jing qing na lan ping yu wen hong mai",
            )
        ),
        skewed(
            composed(
                "Jian Wei Zhi Jun Hao Ming Yong Guo Van Chi Ka Wai",
                "hua ming jie feng qiang hui long bin wen gang yu tao minh duc",
            )
        ),
        skewed(
            (
                "Chen Wang Li Zhang Liu Lin Wong Chan Huang Wu Nguyen Tran Le Yang Zhou Lee Cheung Lau Ng Ho Xu Zhao Sun Ma Zhu Hu Guo "
                "He Gao Luo Zheng Liang Xie Pham Hoang Vu Dang Bui Do Tang Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du"
            ).split()
        ),
        0.06,
        (("zh", "j"), ("x", "sh"), ("q", "ch"), ("ng", "n"), ("c", "ts"), ("ie", "ye")),
        ("Anna", "Jenny", "Amy", "Grace"),
        ("David", "Kevin", "Tony", "Jason"),
        0.12,
    ),
}

SPELLINGS = (
    "Mohammed Muhammad Mohamed Mohammad Muhammed Md Mohamud", "Ahmed Ahmad Achmed Ahmet", "Hussain Hussein Husain Hossain Hussien",
    "Chowdhury Choudhury Chaudhry Choudhary Chaudhary", "Yusuf Yousuf Youssef Yousef Yusef Joseph", "Fatima Fatimah Fathima Fatma Fadumo",
    "Aisha Ayesha Aysha Aishah Asha", "Khan Kahn Xan", "Rahman Rehman Rahaman", "Uddin Ud-Din Udin", "Begum Begam Begom",
    "Omar Umar Omer", "Hassan Hasan Hassen", "Abdul Abdel Abd", "Abdirahman Abdulrahman Abdurahman", "Abdullahi Abdullah Abdulahi",
    "Zainab Zaynab Zeinab Zeynab", "Maryam Mariam Miriam Maryan", "Khadija Khadijah Khadeeja Kadija", "Sheikh Shaikh Shaik Sheik",
    "Siddiqui Siddiqi Siddique Sadiq", "Qureshi Quraishi Kureshi", "Mahmood Mahmoud Mehmood Mahmud", "Haroon Harun Haroun",
    "Usman Osman Uthman Othman", "Ismail Ismael Esmail", "Ibrahim Ebrahim Ibraheem", "Sulaiman Suleiman Suleman Soliman",
    "Miah Mia Meah", "Akhtar Akhter Aktar Akter", "Layla Laila Leila", "Yasmin Yasmeen Yasmine Jasmin", "Harpreet Harprit Harpret",
    "Gurpreet Gurprit Gurpret", "Sukhdeep Sukdeep", "Lakshmi Laxmi", "Dhillon Dhillion Dillon", "Singh Sing", "Joshi Joshee",
    "Banerjee Banerji", "Mukherjee Mukerji", "Chatterjee Chatterji", "Catherine Katherine Kathryn Catharine Cathryn",
    "Stephen Steven Stefan", "Sarah Sara", "Hannah Hanna Hana", "Alison Allison Alyson", "Claire Clare Clair", "Nicola Nichola",
    "Philip Phillip", "Geoffrey Jeffrey", "Ciara Keira Kiera", "Niamh Neve", "Sean Shaun Shawn", "Aoife Eefa", "Siobhan Shivaun",
    "Clarke Clark", "Davies Davis", "Reid Read Reed", "Macdonald McDonald", "Thompson Thomson", "Aleksandra Alexandra",
    "Wiktoria Victoria Viktoria", "Krzysztof Christopher", "Alexandru Alexander", "Dmitri Dmitry Dimitri", "Sergei Sergey Serghei",
    "Oleksandr Aleksandr Olexandr", "Tran Trahn", "Nguyen Nguyan Ngyuen", "Wong Huang Wang", "Chan Chen Tan", "Cheung Zhang Jeung",
    "Lau Liu Low", "Ng Wu Eng", "Lee Li Lei", "Xiaoling Xiao-Ling Shaoling", "Oluwaseun Seun", "Oluwatobi Tobi", "Oluwafemi Femi",
    "Temitope Temi Tope", "Chukwuemeka Emeka", "Jallow Jalloh Diallo", "Sesay Cesay Ceesay", "Adjoa Adwoa", "Kwaku Kweku",
    "Kwesi Kwasi", "Fatoumata Fatumata Fatou", "Nana Nanna",
)  # fmt: skip
SHORT = (
    "Elizabeth Liz Beth Lizzie", "Katie Kate", "Rebecca Becky Becca", "Jessica Jess", "Samantha Sam Sammy", "Victoria Vicky Tori",
    "Jennifer Jen Jenny", "Margaret Maggie Peggy", "Susan Sue", "Patricia Pat Trish", "Christine Chris Chrissie", "Abigail Abi Abbie",
    "Eleanor Ellie Nell", "Matilda Tilly", "Charlotte Lottie Charlie", "Amelia Millie", "Olivia Liv Livvy", "Natalie Nat",
    "Isabella Bella Izzy", "James Jim Jamie", "Thomas Tom Tommy", "Daniel Dan Danny", "William Will Bill Liam", "David Dave",
    "Michael Mike Mick", "John Jack Johnny", "Joshua Josh", "Matthew Matt", "Samuel Sam", "Robert Bob Rob Bobby", "Christopher Chris",
    "Andrew Andy Drew", "Stephen Steve", "Richard Rick Dick", "Alexander Alex Sandy", "Benjamin Ben", "Edward Ed Ted", "Anthony Tony",
    "Joseph Joe", "Nathan Nate", "Patrick Paddy Pat", "Archie Archibald", "Freddie Frederick Fred", "Katarzyna Kasia",
    "Małgorzata Gosia", "Magdalena Magda", "Agnieszka Aga", "Joanna Asia", "Aleksandra Ola", "Tomasz Tomek", "Piotr Piotrek",
    "Krzysztof Krzys", "Zofia Zosia", "Jakub Kuba", "Emmanuel Emma Manny", "Babatunde Tunde", "Ayodele Ayo", "Abimbola Bimbo Bola",
    "Funmilayo Funmi", "Titilayo Titi", "Rajinder Raj", "Balwinder Bal", "Sukhwinder Sukhi", "Jaswinder Jas", "Manpreet Mani",
)  # fmt: skip
